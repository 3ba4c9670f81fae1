/**
 * How long a report takes beside the parsing of its events. Run: `npx node test/bench/report.ts`.
 */
import { sessionReport } from '../../src/report/report.ts';
import { DEFAULT_TIMEOUTS, open } from '../../src/session/lifecycle.ts';
import type { StoredEvent } from '../../src/session/session.ts';
import type { MediaEvent } from '../../src/wire/events.ts';

const EVENTS = 20_000;
const ROUNDS = 9;
const RUNS = 6;
const START = 1_700_000_000_000;

const text = JSON.stringify(longSession());
const events = JSON.parse(text) as StoredEvent[]; // written above
const [start] = events;
if (start === undefined) throw new Error('There are no events');
const session = open('sid', start, DEFAULT_TIMEOUTS);
const scrambled = events.map((_, at) => events[at === 0 ? 0 : at ^ 1] ?? start);

for (let warmUp = 0; warmUp < 5; warmUp += 1) round(events);
print(
  'in order',
  Array.from({ length: ROUNDS }, () => round(events)),
);
print(
  'neighbours swapped',
  Array.from({ length: ROUNDS }, () => round(scrambled)),
);

interface Round {
  readonly parse: number;
  readonly report: number;
}

function round(arrived: readonly StoredEvent[]): Round {
  const parse = timed(() => JSON.parse(text));
  const report = timed(() => sessionReport(session, arrived));
  return { parse, report };
}

/** The mean of several runs in a row, so that a run pays for its own garbage and not for another's. */
function timed(work: () => unknown): number {
  const from = performance.now();
  for (let run = 0; run < RUNS; run += 1) work();
  return (performance.now() - from) / RUNS;
}

function print(name: string, rounds: readonly Round[]): void {
  const ratios = rounds.map(({ parse, report }) => report / parse).sort((a, b) => a - b);
  const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
  const parse = median(rounds.map((each) => each.parse));
  const report = median(rounds.map((each) => each.report));
  console.log(
    `${name}: ${events.length} events (${(text.length / 1e6).toFixed(1)} MB), ${ROUNDS} rounds; ` +
      `JSON.parse ${parse.toFixed(1)} ms, report ${report.toFixed(1)} ms (medians); ` +
      `ratio ${median(ratios).toFixed(2)} (${ratios[0]?.toFixed(2)} to ${ratios.at(-1)?.toFixed(2)})`,
  );
}

/** Two days of a live stream: a break with two ads every ten minutes, chapters, states, a bitrate now and then. */
function longSession(): StoredEvent[] {
  const session = [
    stored(0, 'sessionStart', { 'media.id': 'live', 'media.contentType': 'live', 'media.length': 86400 }),
  ];
  for (let second = 1; session.length < EVENTS; second += 10) {
    if (second % 600 === 1) session.push(...interlude(second));
    else session.push(stored(second, 'ping', undefined, second % 300 === 1));
  }
  return session.slice(0, EVENTS);
}

function interlude(second: number): StoredEvent[] {
  const chapter = { 'media.chapter.index': second, 'media.chapter.offset': second, 'media.chapter.length': 600 };
  const adBreak = { 'media.ad.podIndex': second, 'media.ad.podSecond': second };
  const ad = { 'media.ad.id': `ad-${second}`, 'media.ad.podPosition': 1, 'media.ad.length': 3 };
  return [
    stored(second, 'chapterComplete'),
    stored(second, 'chapterStart', chapter),
    stored(second, 'adBreakStart', adBreak),
    stored(second, 'adStart', ad),
    stored(second, 'play'),
    stored(second + 3, 'adComplete'),
    stored(second + 3, 'adStart', ad),
    stored(second + 6, 'adComplete'),
    stored(second + 6, 'adBreakComplete'),
    stored(second + 6, 'play'),
    stored(second + 7, 'stateStart', { 'media.state.name': 'mute' }),
    stored(second + 8, 'stateEnd', { 'media.state.name': 'mute' }),
    stored(second + 8, 'bufferStart'),
    stored(second + 9, 'play'),
  ];
}

function stored(second: number, eventType: string, params?: Record<string, unknown>, withQoe = false): StoredEvent {
  const ts = START + second * 1000;
  const qoeData = withQoe
    ? { 'media.qoe.bitrate': 3000, 'media.qoe.droppedFrames': 2, 'media.qoe.timeToStart': 900 }
    : undefined;
  const playhead = second % 86_400; // of a live stream, the second of the day
  const event = { eventType, playerTime: { playhead, ts }, params, qoeData };
  return { event: event as MediaEvent, receivedAt: ts + 40 }; // the parts are those of the types named above
}
