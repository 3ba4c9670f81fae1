import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { SessionList } from '../../../src/inspector/api.ts';
import { memoryStore } from '../../../src/memory-store/memory-store.ts';
import { DATASTREAM, edgeEvent } from '../../../src/testing/conformance/edge-samples.ts';
import { documentedStart } from '../../../src/testing/conformance/samples.ts';
import { inspected, NOW } from '../../support/inspector/inspect.ts';

describe('the sessions', () => {
  it('say by which API they came, with what SDK and to which datastream', async () => {
    const { post, read } = inspected({ edge: true });
    const implementationDetails = { name: 'https://ns.adobe.com/experience/alloy', version: '2.33.1' };
    const { xdm } = edgeEvent('sessionStart');
    await post(`/ee/v1/interact?configId=${DATASTREAM}`, { events: [{ xdm: { ...xdm, implementationDetails } }] });
    const { sessions } = await read<SessionList>('/api/sessions');
    expect(sessions).toMatchObject([
      { protocol: 'media-edge', libraryVersion: 'alloy-2.33.1', datastream: DATASTREAM, mediaId: 'id-1' },
    ]);
  });

  it('are listed newest first, each with what its player said of it', async () => {
    const { post, start: startSession, read, advance } = inspected();
    await post('/api/v1/sessions', documentedStart);
    advance(1000);
    const sid = await startSession({ 'media.length': null });
    const { sessions } = await read<SessionList>('/api/sessions');
    expect(sessions).toEqual([
      {
        sid,
        state: 'open',
        startedAt: NOW + 1000,
        lastEventAt: NOW + 1000,
        deadline: NOW + 601_000,
        mediaId: 'id-1',
        contentType: 'vod',
        length: null,
        protocol: 'media-collection',
      },
      expect.objectContaining({
        mediaId: 'MA API Sample Player',
        mediaName: 'ClickMe',
        playerName: 'sample-html5-api-player',
        channel: 'sample-channel',
        visitor: 'user-1',
        sdkVersion: 'va-api-0.0.0',
      }),
    ]);
  });

  it('are told apart by their state', async () => {
    const { start: startSession, read, advance } = inspected();
    const closed = await startSession();
    advance(600_000);
    const still = await startSession();
    const sids = async (state: string) =>
      (await read<SessionList>(`/api/sessions?state=${state}`)).sessions.map(({ sid }) => sid);
    expect(await sids('open')).toEqual([still]);
    expect(await sids('closed')).toEqual([closed]);
    const { sessions } = await read<SessionList>('/api/sessions?state=closed');
    expect(sessions[0]).toMatchObject({ state: 'closed', closeReason: 'idle' });
  });

  it.each([
    ['its id', (sid: string) => sid.slice(5, 20)],
    ['its media', () => 'CLICK'],
    ['its media id', () => 'api sample'],
    ['its player', () => 'html5-API'],
    ['its visitor', () => 'user-1'],
  ])('are found by a part of %s', async (_, wanted) => {
    const { start: startSession, post, read } = inspected();
    await startSession();
    const { headers } = await post('/api/v1/sessions', documentedStart);
    const sid = headers['Location']?.split('/').at(-1) ?? '';
    await startSession();
    const search = encodeURIComponent(wanted(sid));
    expect((await read<SessionList>(`/api/sessions?search=${search}`)).sessions.map(({ sid }) => sid)).toEqual([sid]);
  });

  it('are all met by following the cursors, each once, also in a search that finds few', async () => {
    const { start: startSession, read } = inspected();
    for (let at = 0; at < 450; at++) await startSession({ 'media.name': at % 30 === 0 ? 'rare' : 'usual' });
    const met = async (query: string) => {
      const sids: string[] = [];
      let cursor: string | undefined = '';
      let pages = 0;
      while (cursor !== undefined) {
        const page: SessionList = await read(`/api/sessions?${query}&cursor=${cursor}`);
        sids.push(...page.sessions.map(({ sid }) => sid));
        cursor = page.cursor;
        expect(++pages).toBeLessThan(500);
      }
      expect(new Set(sids).size).toBe(sids.length);
      return sids.length;
    };
    expect(await met('limit=7')).toBe(450);
    expect(await met('limit=7&search=rare')).toBe(15);
    expect(await met('limit=1&search=rare')).toBe(15);
  });

  it('are listed as well when they were stored before the inspector was made', async () => {
    const store = memoryStore();
    const before = inspected({ store });
    const sid = await before.start({ 'media.name': 'Kept' });
    const { read } = inspected({ store });
    expect((await read<SessionList>('/api/sessions?search=kept')).sessions).toEqual([
      expect.objectContaining({ sid, mediaName: 'Kept' }),
    ]);
  });

  it('are read a few at a time, since each may be long', async () => {
    const store = memoryStore();
    const before = inspected({ store });
    for (let count = 0; count < 50; count++) await before.start();
    let reading = 0;
    let most = 0;
    const slow: typeof store = {
      ...store,
      async events(sid, page) {
        most = Math.max(most, ++reading);
        await setImmediate();
        reading -= 1;
        return store.events(sid, page);
      },
    };
    const { sessions } = await inspected({ store: slow }).read<SessionList>('/api/sessions');
    expect([sessions.length, most]).toEqual([50, 10]);
  });

  it('show no more of a name than a line has room for', async () => {
    const { start: startSession, read } = inspected();
    await startSession({ 'media.name': 'n'.repeat(100_000) });
    expect((await read<SessionList>('/api/sessions')).sessions[0]?.mediaName).toHaveLength(200);
  });

  it('show no half of a character', async () => {
    const { start: startSession, read } = inspected();
    await startSession({ 'media.name': `${'n'.repeat(199)}😀` });
    expect((await read<SessionList>('/api/sessions')).sessions[0]?.mediaName).toBe('n'.repeat(199));
  });
});
