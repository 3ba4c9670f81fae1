import type { Collector } from '../collector/collector.ts';
import type { TimeSlices } from '../common/event-loop.ts';
import { isOpen } from '../session/lifecycle.ts';
import type { MediaSession } from '../session/session.ts';
import { type AnalysedSession, analyseSession, type LoadedEvents, loadEvents } from './analysed-session.ts';
import { entityTagOf } from './session-tag.ts';

/** A session that was read, and the entity tag of what is shown of it. */
export interface KeptSession extends AnalysedSession {
  readonly tag: string;
}

/** Analyses of sessions, each made once for all who ask meanwhile, and kept for as long as that is worth it. */
export interface KeptAnalyses {
  /** The session as it is now, or was a little while ago if it is large; undefined when it was forgotten meanwhile. */
  of(session: MediaSession): Promise<KeptSession | undefined>;
}

/** The most sessions that are kept, and what they may take together, in bytes; the last may always stay. */
const MAX_KEPT = 4;
const MAX_BYTES = 128 * 1024 * 1024;
/** How long a session is kept that nobody asks for, in milliseconds. */
const UNASKED = 60_000;
/** From how many bytes on one is large: large ones are read one at a time. */
const LARGE = 4 * 1024 * 1024;
/** How long a large one that is open is good for, in milliseconds for each of its bytes: 10 seconds for 100 MB. */
const GOOD_FOR = 1e-4;

const NOTHING: LoadedEvents = { events: [], bytes: 0 };

interface Kept {
  /** Its place in the order in which questions and analyses began. */
  readonly began: number;
  readonly analysing: Promise<KeptSession | undefined>;
  /** What came out, and until when that is good, on the clock of `performance`. */
  analysed?: KeptSession;
  goodUntil: number;
  askedAt: number;
}

/** Keeps analyses of the sessions of a collector. */
export function keptAnalyses(collector: Collector, slice: TimeSlices): KeptAnalyses {
  const kept = new Map<string, Kept>(); // the one asked for last stands last
  const oneLarge = oneAtATime();
  let clock = 0;
  let sweeping = false;

  async function analyse(session: MediaSession, known: LoadedEvents): Promise<KeptSession | undefined> {
    const turn = oneLarge();
    try {
      const loaded = await loadEvents(collector, session.sid, known, slice, async (bytes) => {
        if (bytes > LARGE) await turn.take();
      });
      const analysed = await analyseSession(collector, session, loaded, slice);
      return analysed && { ...analysed, tag: entityTagOf(session, analysed.asOf, loaded.events.length) };
    } finally {
      turn.giveBack();
    }
  }

  function start(session: MediaSession, before: KeptSession | undefined): Kept {
    const { sid } = session;
    const known = before && { events: before.events, bytes: before.bytes };
    const began = ++clock;
    const analysing = analyse(session, known ?? NOTHING).then(
      (analysed) => {
        keep(sid, entry, analysed);
        return analysed;
      },
      (error) => {
        forget(sid, entry);
        throw error;
      },
    );
    const entry: Kept = { began, analysing, goodUntil: 0, askedAt: performance.now() };
    kept.set(sid, entry);
    return entry;
  }

  function keep(sid: string, entry: Kept, analysed: KeptSession | undefined): void {
    if (analysed === undefined) {
      forget(sid, entry);
      return;
    }
    entry.analysed = analysed;
    if (analysed.bytes > LARGE) entry.goodUntil = performance.now() + analysed.bytes * GOOD_FOR;
    let bytes = 0;
    let count = 0;
    for (const [key, { analysed: other }] of [...kept].reverse()) {
      if (other === undefined) continue; // under way
      bytes += other.bytes;
      count += 1;
      if (count > 1 && (count > MAX_KEPT || bytes > MAX_BYTES)) kept.delete(key);
    }
    sweepLater();
  }

  function forget(sid: string, entry: Kept): void {
    if (kept.get(sid) === entry) kept.delete(sid);
  }

  function sweepLater(): void {
    if (sweeping || kept.size === 0) return;
    sweeping = true;
    const timer = setTimeout(() => {
      sweeping = false;
      const now = performance.now();
      for (const [sid, { askedAt, analysed }] of kept) if (analysed && now - askedAt >= UNASKED) kept.delete(sid);
      sweepLater();
    }, UNASKED);
    timer.unref?.(); // where timers are objects
  }

  /** Whether what came out of an analysis answers a question, which began after it. */
  function isGood({ analysed, goodUntil }: Kept, session: MediaSession): boolean {
    if (analysed === undefined) return false;
    if (performance.now() < goodUntil) return true;
    const { lastEventAt, deadline } = analysed.session;
    const same = lastEventAt === session.lastEventAt && deadline === session.deadline;
    return same && !analysed.analysis.closing.open && !isOpen(session, collector.now());
  }

  return {
    async of(session) {
      const { sid } = session;
      const asked = ++clock;
      for (;;) {
        const entry = kept.get(sid) ?? start(session, undefined);
        entry.askedAt = performance.now();
        const analysed = await entry.analysing;
        if (analysed === undefined) return undefined;
        const isCurrent = kept.get(sid) === entry;
        if (isCurrent) {
          kept.delete(sid);
          kept.set(sid, entry);
        }
        if (entry.began > asked || isGood(entry, session)) return analysed;
        if (isCurrent) start(session, analysed);
      }
    },
  };
}

/** Has those who hold a turn do so one after the other. */
function oneAtATime(): () => { take(): Promise<void>; giveBack(): void } {
  let last = Promise.resolve();
  return () => {
    let taken: Promise<void> | undefined;
    let giveBack = () => {};
    return {
      take() {
        if (taken === undefined) {
          taken = last;
          last = new Promise((resolve) => {
            giveBack = resolve;
          });
        }
        return taken;
      },
      giveBack: () => giveBack(),
    };
  };
}
