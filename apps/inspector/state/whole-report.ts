import type { SessionDetail } from '../../../src/inspector/api.ts';
import type { SessionReport } from '../../../src/report/schema/report-schema.ts';
import { ads, chapters } from './report-lists.ts';

/** The most ads, and chapters, that a report is copied with: more is no text for people. */
const MAX_ENTRIES = 2_000;

/** The report with its lists, as JSON text; undefined when it is too long to be copied, or the server does not answer. */
export async function wholeReport({ report, shortened }: SessionDetail): Promise<string | undefined> {
  if (shortened) return undefined;
  const { adCount, chapterCount } = report.sessionDetails;
  const [allAds, allChapters] = await Promise.all([
    adCount > 0 ? ads.readAll(MAX_ENTRIES) : [],
    chapterCount > 0 ? chapters.readAll(MAX_ENTRIES) : [],
  ]);
  if (allAds === undefined || allChapters === undefined) return undefined;
  const { states, customMetadata, diagnostics, ...head } = report;
  const whole: SessionReport = {
    ...head,
    ads: [...allAds],
    chapters: [...allChapters],
    states,
    customMetadata,
    diagnostics,
  };
  return JSON.stringify(whole, null, 2);
}
