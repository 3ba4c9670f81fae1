import { describe, expect, it } from 'vitest';
import { handleSessionEvent, handleSessionStart, memoryStore } from '../../../src/index.ts';
import { recordOf } from '../../../src/session/event-record.ts';
import { events, start } from '../../../src/testing/conformance/samples.ts';

const at = 1_768_471_260_000;

async function openSession() {
  let time = at;
  const deps = { store: memoryStore(), newId: () => 'id-1', now: () => time };
  await handleSessionStart(start, deps);
  return {
    deps,
    setTime(now: number) {
      time = now;
    },
  };
}

describe('handleSessionEvent', () => {
  it('replies 204 without a header once the event is stored', async () => {
    const { deps, setTime } = await openSession();
    setTime(at + 10_000);
    expect(await handleSessionEvent('id-1', events.ping, deps)).toEqual({ status: 204, headers: {} });
    expect((await deps.store.events('id-1'))?.[1]).toEqual({ event: events.ping, receivedAt: at + 10_000 });
  });

  it('replies 404 to an unknown id, also to one no store should be asked for', async () => {
    const { deps } = await openSession();
    for (const sid of ['id-2', '%00', 'a'.repeat(10_000), '']) {
      expect((await handleSessionEvent(sid, events.ping, deps)).status).toBe(404);
    }
  });

  it('replies 410 from the deadline on', async () => {
    const { deps, setTime } = await openSession();
    setTime(at + 599_999);
    expect((await handleSessionEvent('id-1', events.ping, deps)).status).toBe(204);
    setTime(at + 599_999 + 600_000);
    expect((await handleSessionEvent('id-1', events.ping, deps)).status).toBe(410);
  });

  it('replies 413 once the session is full, and counts what is stored alone', async () => {
    const { deps } = await openSession();
    const { length } = recordOf({ event: events.ping, receivedAt: at });
    const limited = { ...deps, maxSessionLength: 2 * length };
    const statuses = [];
    for (const event of [{}, events.ping, events.ping, events.ping]) {
      statuses.push((await handleSessionEvent('id-1', event, limited)).status);
    }
    expect(statuses).toEqual([400, 204, 204, 413]);
  });

  it('tells of an event that is stored, and of no other', async () => {
    const { deps, setTime } = await openSession();
    const told: unknown[] = [];
    const telling = { ...deps, onEvent: (event: unknown) => told.push(event) };
    await handleSessionEvent('id-1', {}, telling);
    await handleSessionEvent('id-2', events.ping, telling);
    await handleSessionEvent('id-1', events.ping, telling);
    setTime(at + 600_000);
    await handleSessionEvent('id-1', events.ping, telling);
    expect(told).toEqual([{ sid: 'id-1', event: events.ping, receivedAt: at }]);
  });
});
