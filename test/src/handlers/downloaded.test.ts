import { describe, expect, it } from 'vitest';
import { handleDownloaded, handleSessionStart, memoryStore } from '../../../src/index.ts';
import { downloadedSession, events, start } from '../../../src/testing/conformance/samples.ts';

const at = 1_768_471_260_000;
const deps = () => ({ store: memoryStore(), newId: () => 'id-1', now: () => at });

describe('handleDownloaded', () => {
  it('stores a whole session, closed when it arrives', async () => {
    const given = deps();
    const reply = await handleDownloaded(downloadedSession, given);
    expect([reply.status, reply.headers['Location']]).toEqual([201, '/api/v1/sessions/id-1']);
    expect(await given.store.get('id-1')).toMatchObject({ deadline: at, closeReason: 'downloaded' });
    expect(await given.store.events('id-1')).toEqual(downloadedSession.map((event) => ({ event, receivedAt: at })));
  });

  it('is what a start does with an array', async () => {
    const given = deps();
    await handleSessionStart(downloadedSession, given);
    expect((await given.store.get('id-1'))?.closeReason).toBe('downloaded');
  });

  it('lists the reasons of all elements by their index, 50 at most', async () => {
    const body = [start, ...Array.from({ length: 80 }, () => ({ ...events.ping, playerTime: {} }))];
    const reply = await handleDownloaded(body, deps());
    const { errors, more } = JSON.parse(reply.body ?? '');
    expect(reply.status).toBe(400);
    expect(errors[0]).toEqual({ path: '$[1].playerTime.playhead', reason: 'Missing required field' });
    expect([errors.length, more]).toEqual([50, 110]);
  });

  it('refuses what is no array, and one that is empty', async () => {
    for (const body of [start, [], null, 'text']) {
      expect((await handleDownloaded(body, deps())).status).toBe(400);
    }
  });
});
