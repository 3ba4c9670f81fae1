import { expect, it, vi } from 'vitest';
import {
  type CollectorOptions,
  createCollector,
  EVENT_TYPES,
  eventSchemas,
  type Rejection,
} from '../../../src/index.ts';
import { documentedStart, downloadedSession, events, start } from '../../../src/testing/conformance/samples.ts';
import { documentedPath } from '../../../src/wire/documented-path.ts';
import { call } from '../../support/collector.ts';

/** What a collector tells of each rejection of these bodies, in order. */
async function causesOf(options: CollectorOptions, ...calls: [path: string, body: unknown][]) {
  const onReject = vi.fn<(rejection: Rejection) => void>();
  const collector = createCollector({ ...options, onReject });
  for (const [path, body] of calls) await collector.handle(call(path, body));
  await collector.close();
  return onReject.mock.calls.map(([{ cause }]) => cause);
}

const START = '/api/v1/sessions';
const EVENTS = '/api/v1/sessions/unknown/events';
const startWith = (customMetadata: unknown) => ({ ...start, customMetadata });

it('tells which key of which event got what, and counts the sessions that each key cost', async () => {
  const hint = "mend the player; until then validation: 'lenient' keeps the session";
  const metadata = { eventType: 'sessionStart', path: '$.customMetadata', got: 'number', expected: 'string', hint };
  const length = { eventType: 'sessionStart', path: "$.params['media.length']", expected: 'number or null' };
  const lost = (sessionsLost: number) => ({ isSessionLost: true, sessionsLost });
  expect(
    await causesOf(
      {},
      [START, startWith({ season: 3 })],
      [START, { ...start, params: { ...start.params, 'media.length': '600' } }],
      [START, startWith({ rating: 5 })],
      ['/api/v1/downloaded', [startWith({ a: 1 }), events.play]],
      [EVENTS, { ...events.ping, customMetadata: { a: 1 } }],
      [START, startWith({ a: 'x' })],
    ),
  ).toEqual([
    { ...metadata, ...lost(1) },
    { ...length, got: 'string', ...lost(1) },
    { ...metadata, ...lost(2) },
    { ...metadata, ...lost(3) },
    {
      ...{ ...metadata, eventType: 'ping', hint: hint.replace('session', 'event') },
      ...{ isSessionLost: false, sessionsLost: 3 },
    },
  ]);
});

it('hints at the closest mode that takes the whole body, and at none where none does', async () => {
  const hintOf = async (options: CollectorOptions, body: unknown) => (await causesOf(options, [START, body]))[0]?.hint;
  const strict = { validation: 'strict' } as const;
  expect(await hintOf(strict, { ...documentedStart, extra: 1 })).toMatch(/'standard'/);
  expect(await hintOf(strict, { ...documentedStart, extra: 1, customMetadata: { a: 1 } })).toMatch(/'lenient'/);
  expect(await hintOf({}, [start, { ...events.ping, qoeData: 1 }, events.play])).toMatch(/'lenient'/);
  expect(
    await hintOf(strict, [
      { ...start, qoeData: 1 },
      { ...events.ping, later: 1 },
    ]),
  ).toMatch(/'lenient'/);
  for (const hopeless of [
    { ...startWith({ a: 1 }), playerTime: { playhead: '1', ts: 1 } },
    [startWith({ a: 1 }), { ...events.ping, playerTime: {} }],
    [startWith({ a: 1 }), start],
    { ...start, eventType: 'start' },
    [],
    'text',
  ]) {
    expect(await hintOf({}, hopeless)).toBeUndefined();
  }
  expect(await hintOf({ validation: 'lenient' }, { ...start, params: 1 })).toBeUndefined();
});

it('has none for what is no matter of the body, and counts a start that is no JSON', async () => {
  const [json, unknown] = await causesOf({}, [START, '{"a":NaN}'], [EVENTS, events.ping]);
  expect(json).toEqual({ path: '$', isSessionLost: true, sessionsLost: 1 });
  expect(unknown).toBeUndefined();
  const [cause] = await causesOf({}, [START, [...downloadedSession, { ...events.ping, playerTime: 1 }]]);
  expect(cause).toMatchObject({ eventType: 'ping', path: '$.playerTime', got: 'number', expected: 'object' });
});

it('knows every path that the documentation has, and leaves out what a client named', () => {
  for (const type of EVENT_TYPES) {
    for (const key of Object.keys(eventSchemas.standard[type].properties?.['params']?.properties ?? {})) {
      const path = /^\w+$/.test(key) ? `$.params.${key}` : `$.params['${key}']`;
      expect(documentedPath(path)).toBe(path);
      expect(documentedPath(path.replace('$', '$[12]'))).toBe(path);
    }
  }
  expect(documentedPath("$.customMetadata['a.b[0]\\'.c']")).toBe('$.customMetadata');
  expect(documentedPath("$.params['visitor.customerIDs'].me.id")).toBe("$.params['visitor.customerIDs']");
  expect(documentedPath("$.params['media.madeUp']")).toBe('$.params');
  expect(documentedPath('$.madeUp.too')).toBe('$');
  expect(documentedPath('$[3]')).toBe('$');
});
