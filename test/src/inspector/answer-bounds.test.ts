import { describe, expect, it } from 'vitest';
import type { AdList, ChapterList, EventList, IndexedExplanation, SessionDetail } from '../../../src/inspector/api.ts';
import { HOSTILE } from '../../support/inspector/hostile-sessions.ts';
import { type Inspected, inspected } from '../../support/inspector/inspect.ts';

const MOST = 2_000_000;

const PATHS = ['', '/lanes?from=1700000000000&to=1700000001000', '/ads?limit=1000', '/chapters?limit=1000'];

describe('an answer about a session', () => {
  it.each(Object.keys(HOSTILE))('has less than 2 MB, and is what it says: %s', async (name) => {
    await checkAnswers(await inspectedHostile(name, 1_500));
  });

  it.each(Object.keys(HOSTILE))(
    'has less than 2 MB for a session as long as can be: %s',
    { tags: ['long'] },
    async (name) => {
      await checkAnswers(await inspectedHostile(name, name === 'errors with ids of their own' ? 40_000 : 130_000));
    },
  );

  it('loses no interval and no event on the way', async () => {
    const { read } = await inspectedHostile('pauses by turns', 3_000);
    const { lanes, isThinned } = await read<SessionDetail>('/api/sessions/hostile');
    const pauses = lanes.find(({ kind }) => kind === 'pause')?.intervals ?? [];
    expect(isThinned).toBe(true);
    expect(pauses.length).toBeLessThanOrEqual(1_200);
    expect(pauses.reduce((sum, { count = 1 }) => sum + count, 0)).toBe(1_499);
    expect(pauses.reduce((sum, { ms }) => sum + ms, 0)).toBe(1_499_000);

    const found: IndexedExplanation[] = [];
    for (let from: number | undefined = 0; from !== undefined; from = found.at(-1)?.next)
      found.push(await read(`/api/sessions/hostile/explanation?field=sessionDetails.pauseTime&limit=400&from=${from}`));
    expect(found.flatMap(({ intervals }) => intervals)).toHaveLength(1_499);
    expect(found[0]?.totals).toMatchObject({ intervals: 1_499 });
  });

  it('has every ad, chapter and event on one of its pages', async () => {
    const ofAds = await inspectedHostile('ads with long names', 3_000);
    expect(await countAll<AdList>(ofAds, 'ads', ({ ads }) => ads.length)).toBe(2_999);
    const ofChapters = await inspectedHostile('chapters with long names', 3_000);
    expect(await countAll<ChapterList>(ofChapters, 'chapters', ({ chapters }) => chapters.length)).toBe(3_000);
    const ofEvents = await inspectedHostile('an event of a megabyte', 6_000);
    expect(await countAll<EventList>(ofEvents, 'events', ({ events }) => events.length)).toBe(6_003);
  });

  it('shows a very large event as far as it fits, and says so', async () => {
    const { read } = await inspectedHostile('an event of a megabyte', 10);
    const { events } = await read<EventList>('/api/sessions/hostile/events?from=11');
    expect(events).toHaveLength(2);
    for (const { event, shortened } of events) {
      expect(shortened).toBe(true);
      expect(event).toMatchObject({ eventType: 'ping', playerTime: { playhead: 10 } });
      expect(JSON.stringify(event)).toMatch(/…/);
    }
  });

  it('says where a report is shown in part, and keeps its numbers', async () => {
    const { read } = await inspectedHostile('metadata of a megabyte', 10);
    const { report, shortened } = await read<SessionDetail>('/api/sessions/hostile');
    expect(shortened).toBe(true);
    expect(report.sessionDetails.friendlyName).toMatch(/…$/);
    expect(report.sessionDetails.genreList?.at(-1)).toMatch(/^… [\d]+ more$/);
    expect(report.customMetadata['…']).toMatch(/^\d+ more$/);
    expect(report.sessionDetails).toMatchObject({ timePlayed: 0, pauseCount: 0 });
    expect(report.eventCount).toBe(11);
  });
});

async function inspectedHostile(name: string, count: number): Promise<Inspected> {
  const make = HOSTILE[name];
  if (make === undefined) throw new Error(`No session is called ${name}`);
  return inspected({ store: await make(count) });
}

async function checkAnswers({ inspect, read }: Inspected): Promise<void> {
  const { report } = await read<SessionDetail>('/api/sessions/hostile');
  const fields = [
    'sessionDetails.timePlayed',
    'sessionDetails.adCount',
    'sessionDetails.pauseTime',
    'sessionDetails.uniqueTimePlayed',
    ...report.diagnostics.map((_, at) => `diagnostics[${at}].count`),
  ];
  const paths = [
    ...PATHS,
    ...fields.map((field) => `/explanation?limit=5000&field=${field}`),
    '/events?limit=5000',
    `/events?limit=5000&from=${report.eventCount - 3}`,
    '/diagnostics?event=5',
  ];
  for (const path of paths) {
    const { status, body = '' } = await inspect(`/api/sessions/hostile${path}`);
    expect([path, status]).toEqual([path, 200]);
    expect(Buffer.byteLength(body), path).toBeLessThan(MOST);
    JSON.parse(body);
  }
}

/** How many entries all pages of a list have together. */
async function countAll<Page extends { readonly next: number }>(
  { read }: Inspected,
  list: string,
  entriesIn: (page: Page) => number,
): Promise<number> {
  let count = 0;
  for (let from = 0; ; ) {
    const page = await read<Page>(`/api/sessions/hostile/${list}?from=${from}&limit=1000`);
    if (entriesIn(page) === 0) return count;
    count += entriesIn(page);
    expect(page.next).toBe(count);
    from = page.next;
  }
}
