import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventType, MediaEvent } from '../src/index.ts';
import { events, start } from '../src/testing/conformance/samples.ts';
import { HOSTS } from './support/hosts/hosts.ts';
import { type Serving, serveHost } from './support/hosts/serve-host.ts';

/** What a client may do next. Several clients do so in turn, each with a session of its own at a time. */
type Step = { readonly client: number; readonly wait: number } & (
  | { readonly act: 'start' | 'start-wrongly' | 'abort' }
  | { readonly act: 'send'; readonly type: Exclude<EventType, 'sessionStart'>; readonly playhead: number | null }
  | { readonly act: 'send-wrongly' }
);

const MINUTE = 60_000;
const wait = fc.oneof(fc.constantFrom(0, 0, 1000, 4999, 5000), fc.integer({ min: 0, max: 11 * MINUTE }));
const client = fc.nat(2);
const types = Object.keys(events) as (keyof typeof events)[]; // the keys are the types
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ client, wait, act: fc.constantFrom('start', 'start-wrongly', 'abort') }) },
  { weight: 1, arbitrary: fc.record({ client, wait, act: fc.constant('send-wrongly' as const) }) },
  {
    weight: 7,
    arbitrary: fc.record({
      client,
      wait,
      act: fc.constant('send' as const),
      type: fc.constantFrom(...types, 'sessionEnd' as const),
      playhead: fc.constantFrom(0, 0, 0, 1, null, -1),
    }),
  },
);

/** The lifecycle told a second time, as the documentation tells it: by what was last seen, not by deadlines. */
interface Model {
  readonly sid: string;
  lastEvent: number;
  moved: number;
  playhead: number | null;
  ended: number | undefined;
  readonly kept: MediaEvent[];
}

function isClosed({ ended, lastEvent, moved }: Model, now: number): boolean {
  if (ended !== undefined) return now - ended >= 5000;
  return now - lastEvent >= 10 * MINUTE || now - moved >= 30 * MINUTE + 5000;
}

function apply(model: Model, event: MediaEvent, now: number): void {
  const { playhead } = event.playerTime;
  const known = playhead === null || playhead < 0 ? null : playhead;
  if (known === null || known !== model.playhead) model.moved = now;
  model.playhead = known;
  model.lastEvent = now;
  if (event.eventType === 'sessionEnd') model.ended ??= now;
  model.kept.push(event);
}

describe('any clients together', () => {
  const host = HOSTS[0];
  if (!host) throw new Error('There is no host');
  let serving: Serving;
  let now = Date.now();
  beforeAll(async () => {
    serving = await serveHost(host, { now: () => now });
  });
  afterAll(() => serving.stop());

  const send = (path: string, body: unknown) => serving.send({ path, body: JSON.stringify(body) });

  async function take(step: Step, sessions: Map<number, Model>, all: Model[]): Promise<void> {
    const current = sessions.get(step.client);
    switch (step.act) {
      case 'start': {
        const answer = await send('/api/v1/sessions', start);
        expect(answer.status).toBe(201);
        const sid = answer.headers['location']?.split('/')[4] ?? '';
        const model = { sid, lastEvent: now, moved: now, playhead: 0, ended: undefined, kept: [start] };
        sessions.set(step.client, model);
        all.push(model);
        return;
      }
      case 'start-wrongly':
        expect((await send('/api/v1/sessions', { ...start, playerTime: {} })).status).toBe(400);
        return;
      case 'abort':
        return abort(current?.sid);
      case 'send-wrongly':
        expect((await send(`/api/v1/sessions/${current?.sid ?? 'none'}/events`, { eventType: 'ping' })).status).toBe(
          400,
        );
        return;
      case 'send': {
        const event = { ...events[step.type], playerTime: { playhead: step.playhead, ts: now } } as MediaEvent; // its type's
        const { status } = await send(`/api/v1/sessions/${current?.sid ?? 'none'}/events`, event);
        if (current === undefined) expect(status).toBe(404);
        else if (isClosed(current, now)) expect(status).toBe(410);
        else {
          expect(status).toBe(204);
          apply(current, event, now);
        }
      }
    }
  }

  /** Sends half an event, or half a start, and goes away. */
  async function abort(sid: string | undefined): Promise<void> {
    const { hostname, port } = new URL(serving.url);
    const path = sid ? `/api/v1/sessions/${sid}/events` : '/api/v1/sessions';
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => {
        socket.end(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"eventType":`);
      });
      socket.on('error', () => {}).once('close', () => resolve());
      socket.resume();
    });
  }

  it('get the statuses the lifecycle says, and have kept what was acknowledged, no more and no less', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
        const sessions = new Map<number, Model>();
        const all: Model[] = [];
        for (const next of steps) {
          now += next.wait;
          await take(next, sessions, all);
        }
        for (const model of all) {
          expect((await serving.collector.events(model.sid))?.map(({ event }) => event)).toEqual(model.kept);
        }
        const { sessions: newest } = await serving.collector.sessions({ limit: Math.max(all.length, 1) });
        expect(newest.slice(0, all.length).map(({ sid }) => sid)).toEqual(all.map(({ sid }) => sid).reverse());
      }),
      { numRuns: 60 },
    );
  });
});
