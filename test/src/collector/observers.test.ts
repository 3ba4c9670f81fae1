import { afterEach, describe, expect, it, vi } from 'vitest';
import { BodyUnreadable } from '../../../src/index.ts';
import { StoreUnavailable } from '../../../src/session/store.ts';
import { events, start } from '../../../src/testing/conformance/samples.ts';
import { call, closeAll, collect, open, startCall, startSession } from '../../support/collector.ts';
import { eventually } from '../../support/eventually.ts';

afterEach(closeAll);

describe('hooks', () => {
  it('hear of starts, events and refusals after the reply', async () => {
    const told: unknown[] = [];
    const collector = collect({
      now: () => 1000,
      onSessionStart: ({ session, events }) => told.push(['start', session.sid, events.length]),
      onEvent: ({ sid, event }) => told.push(['event', sid, event.eventType]),
      onReject: (rejection) => told.push(rejection),
    });
    const sid = await startSession(collector);
    const path = `/api/v1/sessions/${sid}/events`;
    await collector.handle(call(path, events.ping));
    await collector.handle(call(path, { eventType: 'ping' }));
    await collector.handle(call(path, '{"a":'));
    await collector.handle(call('/api/v1/sessions', undefined, { method: 'GET' }));
    expect(told).toEqual([]);
    await collector.close();
    expect(told).toEqual([
      ['start', sid, 1],
      ['event', sid, 'ping'],
      expect.objectContaining({
        method: 'POST',
        path,
        status: 400,
        message: 'Request had improper format.',
        errors: [{ path: '$.playerTime', reason: 'Missing required field' }],
        body: { eventType: 'ping' },
      }),
      expect.objectContaining({ status: 400, body: '{"a":' }),
      expect.objectContaining({ status: 405, errors: [], body: undefined }),
    ]);
  });

  it.each([
    ['unreadable', '/api/v1/sessions', '{'],
    ['missing-field', '/api/v1/sessions', { eventType: 'sessionStart', params: 'wrong too' }],
    ['unknown-field', '/api/v1/sessions/nobody/events', { ...events.ping, made: 'up' }],
    ['wrong-value', '/api/v1/sessions', { ...start, playerTime: 'now' }],
    ['wrong-value', '/api/v1/sessions', { ...start, eventType: 'pong' }],
    ['wrong-value', '/api/v1/downloaded', {}],
    ['misplaced-event', '/api/v1/downloaded', [start, start]],
    ['unknown-session', '/api/v1/sessions/nobody/events', events.ping],
    ['body-too-large', '/api/v1/sessions', new BodyUnreadable('body-too-large')],
    ['session-too-long', '/api/v1/sessions/{sid}/events', events.ping],
    ['failed', '/api/v1/sessions', new Error('no body')],
    ['unavailable', '/api/v1/sessions', new StoreUnavailable('no store')],
  ])('hear in a word why a call was refused: %s', async (kind, path, body) => {
    const told: unknown[] = [];
    const collector = collect({
      validation: kind === 'unknown-field' ? 'strict' : 'standard',
      maxSessionLength: 1,
      onReject: ({ code }) => told.push(code),
      onError: () => {},
    });
    const to = path.replace('{sid}', await startSession(collector));
    await collector.handle(call(to, events.ping)); // fills a session, and is refused anywhere else
    told.length = 0;
    await collector.handle({
      ...call(to, body),
      body: () => (body instanceof Error ? Promise.reject(body) : Promise.resolve(body)),
    });
    await collector.close();
    expect(told.at(-1)).toBe(kind);
  });

  it('that throw, reject or never end reach onError and nobody else', async () => {
    const onError = vi.fn();
    const collector = collect({
      onSessionStart: () => {
        throw new Error('start hook');
      },
      onEvent: () => Promise.reject(new Error('event hook')),
      onReject: () => new Promise(() => {}),
      onError,
    });
    const sid = await startSession(collector);
    expect((await collector.handle(call(`/api/v1/sessions/${sid}/events`, events.ping)))?.status).toBe(204);
    expect((await collector.handle(call('/api/v1/sessions', {})))?.status).toBe(400);
    await eventually(() => expect(onError).toHaveBeenCalledTimes(2));
    expect(onError.mock.calls.map(([{ during, error }]) => [during, error.message])).toEqual([
      ['onSessionStart', 'start hook'],
      ['onEvent', 'event hook'],
    ]);
    open.pop(); // its hook never ends, so that it never closes
  });

  it('have their last resort in the log when onError itself fails', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    const collector = collect({
      onEvent: () => {
        throw new Error('hook');
      },
      onError: () => {
        throw new Error('onError');
      },
    });
    await collector.handle(call(`/api/v1/sessions/${await startSession(collector)}/events`, events.ping));
    await collector.close();
    expect(log).toHaveBeenCalledWith(expect.stringContaining('onError failed'), new Error('onError'));
    log.mockRestore();
  });
});

describe('observers', () => {
  it('hear of starts, events and refusals before the reply, until they are let go', async () => {
    const told: unknown[] = [];
    const collector = collect();
    const letGo = collector.observe({
      onSessionStart: ({ session }) => told.push(['start', session.sid]),
      onEvent: ({ sid, event }) => told.push(['event', sid, event.eventType]),
      onReject: ({ status, more, text }) => told.push(['refused', status, more, text]),
    });
    const sid = await startSession(collector);
    expect(told).toEqual([['start', sid]]);
    await collector.handle(call(`/api/v1/sessions/${sid}/events`, events.ping));
    await collector.handle(call('/api/v1/downloaded', `[${'{},'.repeat(59)}{}]`));
    expect(told.slice(1)).toEqual([
      ['event', sid, 'ping'],
      ['refused', 400, expect.any(Number), `[${'{},'.repeat(59)}{}]`],
    ]);
    letGo();
    await startSession(collector);
    expect(told).toHaveLength(3);
  });

  it('that throw reach onError, and neither a player nor another observer', async () => {
    const onError = vi.fn();
    const onSessionStart = vi.fn();
    const error = new Error('observer');
    const collector = collect({ onError });
    collector.observe({
      onSessionStart() {
        throw error;
      },
    });
    collector.observe({ onSessionStart });
    expect((await collector.handle(startCall()))?.status).toBe(201);
    expect(onSessionStart).toHaveBeenCalledTimes(1);
    await collector.close();
    expect(onError).toHaveBeenCalledWith({ error, during: 'observer' });
  });
});
