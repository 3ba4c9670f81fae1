import { describe, expect, it } from 'vitest';
import type { Viewers } from '../../../src/inspector/api.ts';
import { events } from '../../../src/testing/conformance/samples.ts';
import { eventsPath, inspected, NOW } from '../../support/inspector/inspect.ts';

describe('viewers', () => {
  it('are counted for each minute of the last hour', async () => {
    const { start: startSession, post, read, advance } = inspected();
    const minute = 60_000;
    await startSession(); // and nothing more, so that it was watched in that minute alone
    advance(30 * minute);
    const sid = await startSession();
    advance(5 * minute);
    await post(eventsPath(sid), events.sessionEnd);
    advance(10_000);
    await startSession();
    const { from, step, counts, complete } = await read<Viewers>('/api/viewers');
    expect([step, complete, from % minute]).toEqual([minute, true, 0]);
    expect(from + 59 * minute).toBeLessThanOrEqual(NOW + 35 * minute + 10_000);
    const watched = counts.flatMap((count, at) => (count > 0 ? [[at, count]] : []));
    expect([counts.length, watched]).toEqual([
      60,
      [
        [24, 1],
        [54, 1],
        [55, 1],
        [56, 1],
        [57, 1],
        [58, 1],
        [59, 2],
      ],
    ]);
  });

  it('are counted no longer once nothing has come from an open session for a minute', async () => {
    const { start: startSession, read, advance } = inspected();
    await startSession();
    advance(4 * 60_000);
    const { counts } = await read<Viewers>('/api/viewers');
    expect(counts.slice(-5)).toEqual([1, 1, 0, 0, 0]);
  });

  it('are counted again only every few seconds', async () => {
    const { start: startSession, read, advance } = inspected();
    await read<Viewers>('/api/viewers');
    await startSession();
    expect((await read<Viewers>('/api/viewers')).counts.at(-1)).toBe(0);
    advance(5000);
    expect((await read<Viewers>('/api/viewers')).counts.at(-1)).toBe(1);
  });
});
