import type { TimeSlices } from '../common/event-loop.ts';
import { runInSlices } from '../common/work.ts';
import { reportOf } from '../report/report.ts';
import { reportedAd } from '../report/sections/ad-details.ts';
import { reportedChapter } from '../report/sections/chapter-details.ts';
import { metadataOf } from '../report/sections/metadata.ts';
import type { AnalysedSession } from './analysed-session.ts';
import { entryTexts } from './answer-bytes.ts';
import type { ReportHead } from './api.ts';
import type { Page } from './explanation.ts';
import { type Shown, shorten } from './shorten.ts';

/** The most bytes of the parts of a report that players can make large, and of one ad or chapter. */
const MAX_DETAILS = 150_000;
const MAX_QOE = 100_000;
const MAX_STATES = 50_000;
const MAX_METADATA = 150_000;
const MAX_ENTRY = 100_000;

/** The report without its ads and chapters, as far as it is shown. */
export async function reportHeadOf({ analysis }: AnalysedSession, slice: TimeSlices): Promise<Shown<ReportHead>> {
  const { timeline } = analysis;
  const withoutLists = { ...analysis, timeline: { ...timeline, ads: [], chapters: [] } }; // each would be reported on
  const { ads: _ads, chapters: _chapters, ...report } = await runInSlices(reportOf(withoutLists), slice);
  const adCount = timeline.ads.length;
  const chapterCount = timeline.chapters.length;
  const details = shorten({ ...report.sessionDetails, adCount, chapterCount }, MAX_DETAILS);
  const qoe = shorten(report.qoeDataDetails, MAX_QOE);
  const states = shorten(report.states, MAX_STATES);
  const metadata = shorten(report.customMetadata, MAX_METADATA);
  return {
    value: {
      ...report,
      sessionDetails: details.value,
      qoeDataDetails: qoe.value,
      states: states.value,
      customMetadata: metadata.value,
    },
    isWhole: [details, qoe, states, metadata].every(({ isWhole }) => isWhole),
  };
}

/** The ads or the chapters from a place on, as the JSON of their page. */
export async function reportListOf(
  { session, asOf, analysis }: AnalysedSession,
  list: 'ads' | 'chapters',
  { from, limit }: Page,
  slice: TimeSlices,
): Promise<string> {
  const { start } = analysis.traits;
  const metadata = metadataOf(analysis.repeatsMetadata ? start.customMetadata : undefined);
  const { ads, chapters } = analysis.timeline;
  const entryAt = (at: number) => {
    const [ad, chapter] = [ads[at], chapters[at]];
    if (list === 'ads') return ad && reportedAd(ad, session.sid, metadata);
    return chapter && reportedChapter(chapter, start.params['media.id'], metadata);
  };
  const texts = entryTexts(limit);
  for (let at = from; ; at++) {
    const entry = entryAt(at);
    if (entry === undefined || !texts.add(JSON.stringify(shorten(entry, MAX_ENTRY).value))) break;
    await slice();
  }
  const total = (list === 'ads' ? ads : chapters).length;
  return `{"asOf":${asOf},"${list}":${texts.text()},"next":${from + texts.count},"total":${total}}`;
}
