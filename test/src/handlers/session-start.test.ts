import { describe, expect, it } from 'vitest';
import {
  createValidator,
  handleDownloaded,
  handleSessionEvent,
  handleSessionStart,
  memoryStore,
} from '../../../src/index.ts';
import { StoreUnavailable } from '../../../src/session/store.ts';
import { documentedStart, start } from '../../../src/testing/conformance/samples.ts';

const at = 1_768_471_260_000;
const deps = () => ({ store: memoryStore(), newId: () => 'id-1', now: () => at });

describe('handleSessionStart', () => {
  it('needs nothing but a store', async () => {
    const store = memoryStore();
    const reply = await handleSessionStart(documentedStart, { store });
    expect(reply.status).toBe(201);
    expect(reply.headers['Location']).toMatch(/^\/api\/v1\/sessions\/[0-9a-f]{64}$/);
    const { sessions } = await store.list({}, Date.now());
    expect(reply.headers['Location']?.endsWith(sessions[0]?.sid ?? '')).toBe(true);
  });

  it.each([handleSessionStart, handleDownloaded, (body: unknown, deps: never) => handleSessionEvent('a', body, deps)])(
    'says what it needs where it is given no store',
    (handle) => {
      for (const deps of [undefined, {}, { store: undefined }, { store: null }]) {
        expect(() => handle([start], deps as never)).toThrow(/^handle\w+: what it works with must have a store, as in/);
      }
    },
  );

  it('replies with the headers of the hosted service and no body', async () => {
    expect(await handleSessionStart(start, deps())).toEqual({
      status: 201,
      headers: {
        'Content-Type': 'application/octet-stream',
        'Content-Length': '0',
        Location: '/api/v1/sessions/id-1',
      },
    });
  });

  it('stores the session under the id and time it is given', async () => {
    const given = deps();
    await handleSessionStart(start, given, { validationToken: 'token' });
    expect(await given.store.get('id-1')).toEqual({
      sid: 'id-1',
      startedAt: at,
      length: 0,
      deadline: at + 600_000,
      closeReason: 'idle',
      lastEventAt: at,
      playhead: 0,
      playheadMovedAt: at,
      validationToken: 'token',
    });
    expect(await given.store.events('id-1')).toEqual([{ event: start, receivedAt: at }]);
  });

  it('replies 400 with every reason, and stores nothing', async () => {
    const given = { ...deps(), validate: createValidator('strict') };
    const reply = await handleSessionStart({ ...start, customMetadata: { 'a b': 1 } }, given);
    expect(reply.status).toBe(400);
    const { errors } = JSON.parse(reply.body ?? '');
    expect(errors).toContainEqual({ path: "$.params['media.channel']", reason: 'Missing required field' });
    expect(errors).toContainEqual({ path: "$.customMetadata['a b']", reason: 'Expected string, got number' });
    expect(await given.store.get('id-1')).toBeUndefined();
  });

  it('uses the Location and timeouts it is given', async () => {
    const timeouts = { idle: 10, stall: 20, grace: 5 };
    const given = { ...deps(), timeouts, location: (sid: string) => `/tracking/${sid}` };
    expect((await handleSessionStart(start, given)).headers['Location']).toBe('/tracking/id-1');
    expect((await given.store.get('id-1'))?.deadline).toBe(at + 10);
  });

  it.each(['bad\nlocation', '', undefined, 7])('stores nothing where location gives %j', async (made) => {
    const given = { ...deps(), location: () => made as string };
    expect(() => handleSessionStart(start, given)).toThrow('location must return a path or a URL');
    expect(await given.store.get('id-1')).toBeUndefined();
  });

  it.each([7, '', 'a b', undefined])('stores nothing where newId gives %j', async (made) => {
    const given = { ...deps(), newId: () => made as string };
    expect(() => handleSessionStart(start, given)).toThrow('newId must return 1 to 128 characters');
  });

  it('tells of a session once it is stored', async () => {
    const told: unknown[] = [];
    const given = { ...deps(), onSessionStart: (started: unknown) => told.push(started) };
    await handleSessionStart({}, given);
    expect(told).toEqual([]);
    await handleSessionStart(start, given);
    expect(told).toEqual([{ session: await given.store.get('id-1'), events: [{ event: start, receivedAt: at }] }]);
  });

  it('rejects as the store does', async () => {
    const full = { ...deps(), store: memoryStore({ maxBytes: 1 }) };
    await expect(handleSessionStart(start, full)).rejects.toBeInstanceOf(StoreUnavailable);
  });

  it('rejects an id that would not fit in a path, before it stores anything', async () => {
    const given = { ...deps(), newId: () => 'a/b' };
    expect(() => handleSessionStart(start, given)).toThrow('newId must return');
    expect((await given.store.list({}, at)).sessions).toEqual([]);
  });
});
