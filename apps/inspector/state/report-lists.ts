import { effect, type Signal, signal } from '@preact/signals';
import type { AdList, ChapterList, ListPage } from '../../../src/inspector/api.ts';
import type { ReportedAd } from '../../../src/report/schema/ad-schema.ts';
import type { ReportedChapter } from '../../../src/report/schema/chapter-schema.ts';
import { client } from './connection.ts';
import { pathOf, watched } from './session.ts';

/** How many entries are asked for at a time, and how many of those that are there are renewed. */
const PAGE = 100;
const MAX_RENEWED = 1_000;

/** A list of the report, as far as somebody scrolled. */
export interface ReportList<Entry> {
  readonly entries: Signal<readonly Entry[]>;
  /** Asks for the next page. */
  showMore(): Promise<void>;
  /** All of its entries, if those are no more than `most`. */
  readAll(most: number): Promise<readonly Entry[] | undefined>;
}

export const ads = reportList<ReportedAd, AdList>('ads', (page) => page.ads);
export const chapters = reportList<ReportedChapter, ChapterList>('chapters', (page) => page.chapters);

function reportList<Entry, Page extends ListPage>(
  name: 'ads' | 'chapters',
  entriesOf: (page: Page) => readonly Entry[],
): ReportList<Entry> {
  const entries = signal<readonly Entry[]>([]);
  let sidThere = '';
  let isLoading = false;

  async function read(sid: string, from: number, limit: number): Promise<Page | undefined> {
    const path = `${pathOf(sid)}/${name}?from=${from}&limit=${limit}`;
    const page = await client.get<Page>(path, { keep: false });
    return page.kind === 'ok' && watched.peek().sid === sid ? page.value : undefined;
  }

  async function renew(sid: string): Promise<void> {
    const asked = Math.min(MAX_RENEWED, Math.max(PAGE, entries.peek().length));
    const page = await read(sid, 0, asked);
    if (page === undefined || sid !== sidThere) return;
    const renewed = entriesOf(page);
    entries.value = [...renewed, ...entries.peek().slice(renewed.length, page.total)];
  }

  effect(() => {
    const { sid, detail } = watched.value;
    if (sid !== sidThere) entries.value = [];
    sidThere = sid;
    const { adCount, chapterCount } = detail?.report.sessionDetails ?? { adCount: 0, chapterCount: 0 };
    if ((name === 'ads' ? adCount : chapterCount) > 0) void renew(sid);
  });

  return {
    entries,

    async showMore() {
      const { sid } = watched.peek();
      const from = entries.peek().length;
      if (isLoading) return;
      isLoading = true;
      const page = await read(sid, from, PAGE);
      isLoading = false;
      if (page && entries.peek().length === from) entries.value = [...entries.peek(), ...entriesOf(page)];
    },

    async readAll(most) {
      const { sid } = watched.peek();
      const all: Entry[] = [];
      for (;;) {
        const page = await read(sid, all.length, MAX_RENEWED);
        if (page === undefined || page.total > most) return undefined;
        all.push(...entriesOf(page));
        if (entriesOf(page).length === 0 || all.length >= page.total) return all;
      }
    },
  };
}
