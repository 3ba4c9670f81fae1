import type { Work } from '../../common/work.ts';
import type { SessionDetails } from '../schema/session-details-schema.ts';
import { wholeSeconds } from '../timeline/interval.ts';
import type { SessionTraits } from '../timeline/session-traits.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { lengthOfRanges } from '../timeline/viewed-ranges.ts';
import { finite, flag, present } from './fields.ts';
import { isReached, type Marker, segmentOf } from './progress.ts';

/** Half an hour of playing is one stream more (doc: estimated-streams), in seconds. */
const SECONDS_A_STREAM = 1800;

/** What was watched, by whom it was made, and for how long (XDM sessionDetails). */
export function* sessionDetailsOf(
  sid: string,
  { start: { params }, contentLength, isDownloaded }: SessionTraits,
  timeline: Timeline,
  secondsSinceLastCall: number,
): Work<SessionDetails> {
  const { time, sinceMainPlay, playheads, pauses } = timeline;
  const played = sinceMainPlay.length > 0;
  const timePlayed = wholeSeconds(time.content.ms);
  const totalTimePlayed = wholeSeconds(time.content.ms + time.ad.ms);
  const uniqueTimePlayed = wholeSeconds(yield* lengthOfRanges(timeline.viewed));
  const passed = (marker: Marker) => flag(isReached(marker, playheads?.greatest, contentLength));

  return present<SessionDetails>({
    ID: sid,
    name: params['media.id'],
    friendlyName: params['media.name'],
    length: params['media.length'],
    contentType: params['media.contentType'],
    streamType: params['media.streamType'] ?? 'video',
    playerName: params['media.playerName'],
    channel: params['media.channel'],
    appVersion: params['media.sdkVersion'],
    assetID: params['media.assetId'],
    season: params['media.season'],
    episode: params['media.episode'],
    show: params['media.show'],
    firstAirDate: params['media.firstAirDate'],
    firstDigitalDate: params['media.firstDigitalDate'],
    rating: params['media.rating'],
    originator: params['media.originator'],
    network: params['media.network'],
    mvpd: params['media.pass.mvpd'],
    authorized: params['media.pass.auth'],
    dayPart: params['media.dayPart'],
    feed: params['media.feed'],
    adLoad: params['media.adLoad'],
    streamFormat: params['media.streamFormat'],
    showType: params['media.showType'],
    artist: params['media.artist'],
    album: params['media.album'],
    label: params['media.label'],
    author: params['media.author'],
    station: params['media.station'],
    publisher: params['media.publisher'],
    genre: params['media.genre'],
    genreList: params['media.genre']?.split(',').map((genre) => genre.trim()),

    isViewed: true, // also a resumed session, and one that only had an error (doc: media-starts)
    isPlayed: flag(played),
    isCompleted: flag(timeline.completion !== undefined), // never from the playhead or a timeout
    isDownloaded: flag(isDownloaded),
    hasResume: flag(params['media.resume'] === true),
    hasSegmentView: flag(played),
    hasPauseImpactedStreams: flag(pauses.length > 0),
    hasProgress10: passed(10),
    hasProgress25: passed(25),
    hasProgress50: passed(50),
    hasProgress75: passed(75),
    hasProgress95: passed(95),

    timePlayed,
    totalTimePlayed,
    uniqueTimePlayed,
    pauseTime: wholeSeconds(time.pause.ms),
    pauseCount: pauses.length,
    adCount: timeline.ads.length,
    chapterCount: timeline.chapters.length,
    estimatedStreams: Math.floor(totalTimePlayed / SECONDS_A_STREAM) + 1,
    secondsSinceLastCall,
    averageMinuteAudience: contentLength === undefined ? undefined : finite(timePlayed / contentLength),
    segment: playheads && segmentOf(playheads),
  });
}
