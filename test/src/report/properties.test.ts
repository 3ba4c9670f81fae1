import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { sessionReport } from '../../../src/report/report.ts';
import type { SessionReport } from '../../../src/report/schema/report-schema.ts';
import type { MediaSession, StoredEvent } from '../../../src/session/session.ts';
import type { MediaEvent } from '../../../src/wire/events.ts';
import { itForAny } from '../../support/it-for-any.ts';
import { arbitrarySession, delayed } from '../../support/report/arbitrary-session.ts';
import { inOrderOfTime, recorded, reportOf } from '../../support/report/sessions.ts';

/** Whole seconds, so that no duration is rounded and sums of durations are exact. */
const wholeSeconds = [0, 0, 1, 1, 2, 5, 10, 40];

describe('the order of arrival', () => {
  itForAny('changes no number of events with different ts', 500, () => {
    const different = arbitrarySession({ steps: [0.1, 0.4, 1, 5, 10] });
    return fc.property(different, fc.infiniteStream(fc.nat()), (happened, random) => {
      const events = happened.map(laterWhenItEnds);
      expect(numbersOf(reportOf(delayed(events, random)))).toEqual(numbersOf(reportOf(events)));
    });
  });

  itForAny('changes no number of the plays, pings and errors of one ts', 300, () => {
    const types = ['ping', 'error', 'chapterStart'] as const;
    const instants = arbitrarySession({ types, steps: [0, 1, 5] }).map((events) => events.map(withoutReadings));
    return fc.property(instants, fc.infiniteStream(fc.nat()), (happened, random) => {
      const [shuffled, straight] = [reportOf(delayed(happened, random)), reportOf(happened)];
      expect(shuffled.qoeDataDetails).toEqual(straight.qoeDataDetails);
      expect(shuffled.sessionDetails.timePlayed).toBe(straight.sessionDetails.timePlayed);
    });
  });
});

describe('the time of a session', () => {
  itForAny('is never more in content, ads, pauses, buffering and stalls than from its first ts to its last', 500, () =>
    fc.property(arbitrarySession({ steps: [...wholeSeconds, 700] }), fc.infiniteStream(fc.nat()), (events, random) => {
      const { sessionDetails, qoeDataDetails } = reportOf(delayed(events, random));
      const spent =
        sessionDetails.totalTimePlayed +
        sessionDetails.pauseTime +
        qoeDataDetails.bufferTime +
        qoeDataDetails.stallTime;
      const all = events.map(({ event }) => event.playerTime.ts);
      expect(spent).toBeLessThanOrEqual((Math.max(...all) - Math.min(...all)) / 1000);
    }),
  );

  itForAny('is in content, ads and chapters never more than in total', 500, () =>
    fc.property(arbitrarySession({ scrambled: true, steps: wholeSeconds }), (events) => {
      const { sessionDetails, ads, chapters } = reportOf(events);
      const inAds = sum(ads.map(({ advertisingDetails }) => advertisingDetails.timePlayed));
      expect(sessionDetails.timePlayed + inAds).toBe(sessionDetails.totalTimePlayed);
      const inChapters = sum(chapters.map(({ chapterDetails }) => chapterDetails.timePlayed));
      expect(inChapters).toBeLessThanOrEqual(sessionDetails.timePlayed);
    }),
  );
});

describe('the first events of a session, cut between two instants', () => {
  // Within one instant an event that is still to come may take its place before one that is there already, and
  // change what that one means. And content that stands still is a stall only once its third sample is there, so
  // content and stalls can only be compared together.
  itForAny('have never more time and never more that is completed than all of them', 500, () =>
    fc.property(arbitrarySession({ steps: wholeSeconds }), fc.nat({ max: 40 }), (events, cut) => {
      const whole = inOrderOfTime(events);
      const ts = whole[cut]?.event.playerTime.ts ?? Number.POSITIVE_INFINITY;
      const first = whole.filter(({ event }, place) => place === 0 || event.playerTime.ts < ts);
      const [less, more] = [amountsOf(reportOf(first)), amountsOf(reportOf(whole))];
      for (const [name, amount] of Object.entries(less)) {
        expect([name, amount <= (more[name] ?? 0)]).toEqual([name, true]);
      }
    }),
  );
});

describe('one more ping inside an interval', () => {
  // Between two playheads it says nothing new. uniqueTimePlayed is no length of time but of content: a ping can
  // show that what looked like a seek was none, so it is not compared.
  itForAny('changes no duration when it says a playhead on the way', 500, () =>
    fc.property(arbitrarySession({ steps: wholeSeconds }), fc.nat({ max: 40 }), (events, place) => {
      const more = withPing(events, place, between);
      expect(durationsOf(reportOf(more))).toEqual(durationsOf(reportOf(events)));
    }),
  );

  itForAny('changes no duration but that of stalls against content when it says any playhead or none', 500, () =>
    fc.property(
      arbitrarySession({ steps: wholeSeconds }),
      fc.nat({ max: 40 }),
      fc.constantFrom(null, 0, 3, 50),
      (events, place, playhead) => {
        const more = withPing(events, place, () => playhead);
        expect(durationsBesideStalls(reportOf(more))).toEqual(durationsBesideStalls(reportOf(events)));
      },
    ),
  );
});

describe('a shift of every clock by the same time', () => {
  itForAny('changes nothing but the times of day', 500, () => {
    const shifts = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
    return fc.property(arbitrarySession({ scrambled: true }), shifts, fc.boolean(), (happened, shift, isOpen) => {
      const { session, events } = recorded(happened);
      const asOf = session.lastEventAt;
      const report = sessionReport(session, events, isOpen ? { asOf } : {});
      const shifted = sessionReport(
        shiftedSession(session, shift),
        events.map((stored) => shiftedEvent(stored, shift)),
        isOpen ? { asOf: asOf + shift } : {},
      );
      expect(shifted).toEqual(shiftedReport(report, shift));
    });
  });
});

describe('a report', () => {
  itForAny('is the same each time, and leaves what it is given as it was', 200, () =>
    fc.property(arbitrarySession({ scrambled: true }), (happened) => {
      const { session, events } = recorded(happened);
      const before = structuredClone({ session, events });
      expect(sessionReport(session, events)).toEqual(sessionReport(session, events));
      expect({ session, events }).toEqual(before);
    }),
  );
});

/** All but what is about arrival: when the sessionEnd was received, and what came out of order. */
function numbersOf({ closedAt: _, ...report }: SessionReport): unknown {
  const aboutArrival = ['out-of-order', 'late-event'];
  return { ...report, diagnostics: report.diagnostics.filter(({ code }) => !aboutArrival.includes(code)) };
}

/** A sessionEnd has the ts of the event it follows: here a ts of its own. */
function laterWhenItEnds(stored: StoredEvent): StoredEvent {
  return stored.event.eventType === 'sessionEnd' ? shiftedEvent(stored, 50) : stored;
}

function withoutReadings({ event, receivedAt }: StoredEvent): StoredEvent {
  const { qoeData: _, ...rest } = event;
  return { event: { ...rest, playerTime: { ...rest.playerTime, playhead: null } } as MediaEvent, receivedAt };
}

function amountsOf({ sessionDetails, qoeDataDetails, ads, chapters, states }: SessionReport): Record<string, number> {
  return {
    contentAndStalls: sessionDetails.timePlayed + qoeDataDetails.stallTime,
    totalAndStalls: sessionDetails.totalTimePlayed + qoeDataDetails.stallTime,
    stalls: qoeDataDetails.stallTime,
    unique: sessionDetails.uniqueTimePlayed,
    pauses: sessionDetails.pauseTime,
    buffering: qoeDataDetails.bufferTime,
    states: sum(states.map(({ time }) => time)),
    ads: ads.length,
    completedAds: ads.filter(({ advertisingDetails }) => advertisingDetails.isCompleted).length,
    chapters: chapters.length,
    completedChapters: chapters.filter(({ chapterDetails }) => chapterDetails.isCompleted).length,
    completedSessions: sessionDetails.isCompleted ? 1 : 0,
    markers: Object.keys(sessionDetails).filter((key) => key.startsWith('hasProgress')).length,
  };
}

/** What a ping between two playheads says; undefined when it cannot come there. */
type PlayheadBetween = (from: number, to: number) => number | null | undefined;

/** The events and a ping a tenth of a second after one of them; the same events where there is no place for it. */
function withPing(events: readonly StoredEvent[], place: number, playheadBetween: PlayheadBetween): StoredEvent[] {
  const ordered = inOrderOfTime(events);
  const pings = ordered.flatMap((from, at) => pingAfter(from, ordered[at + 1], playheadBetween));
  const more = [...events, ...pings.slice(place % Math.max(1, pings.length)).slice(0, 1)];
  return more.sort((a, b) => a.event.playerTime.ts - b.event.playerTime.ts);
}

function pingAfter(from: StoredEvent, to: StoredEvent | undefined, playheadBetween: PlayheadBetween): StoredEvent[] {
  const ts = from.event.playerTime.ts + 100;
  if (to === undefined || ts >= to.event.playerTime.ts) return [];
  const playhead = playheadBetween(from.event.playerTime.playhead ?? -1, to.event.playerTime.playhead ?? -1);
  return playhead === undefined
    ? []
    : [{ event: { eventType: 'ping', playerTime: { ts, playhead } }, receivedAt: to.receivedAt }];
}

/** Strictly between two known playheads: undefined when they are the same, or one is not known. */
function between(from: number, to: number): number | undefined {
  return from < 0 || to < 0 || from === to ? undefined : (from + to) / 2;
}

function durationsOf({ sessionDetails, qoeDataDetails, ads, chapters, states }: SessionReport): unknown {
  const { timePlayed, totalTimePlayed, pauseTime } = sessionDetails;
  return {
    ...{ timePlayed, totalTimePlayed, pauseTime },
    bufferTime: qoeDataDetails.bufferTime,
    stallTime: qoeDataDetails.stallTime,
    ads: ads.map(({ advertisingDetails }) => advertisingDetails.timePlayed),
    chapters: chapters.map(({ chapterDetails }) => chapterDetails.timePlayed),
    states: states.map(({ time }) => time),
  };
}

function durationsBesideStalls({ sessionDetails, qoeDataDetails, ads, states }: SessionReport): unknown {
  return {
    contentAndStalls: sessionDetails.timePlayed + qoeDataDetails.stallTime,
    totalAndStalls: sessionDetails.totalTimePlayed + qoeDataDetails.stallTime,
    pauseTime: sessionDetails.pauseTime,
    bufferTime: qoeDataDetails.bufferTime,
    ads: ads.map(({ advertisingDetails }) => advertisingDetails.timePlayed),
    states: states.map(({ time }) => time),
  };
}

function shiftedSession(session: MediaSession, shift: number): MediaSession {
  return {
    ...session,
    startedAt: session.startedAt + shift,
    deadline: session.deadline + shift,
    lastEventAt: session.lastEventAt + shift,
    playheadMovedAt: session.playheadMovedAt + shift,
  };
}

function shiftedEvent({ event, receivedAt }: StoredEvent, shift: number): StoredEvent {
  const playerTime = { ...event.playerTime, ts: event.playerTime.ts + shift };
  return { event: { ...event, playerTime }, receivedAt: receivedAt + shift };
}

function shiftedReport(report: SessionReport, shift: number): SessionReport {
  return {
    ...report,
    startedAt: report.startedAt + shift,
    lastEventAt: report.lastEventAt + shift,
    ...(report.closedAt !== undefined && { closedAt: report.closedAt + shift }),
    ...(report.asOf !== undefined && { asOf: report.asOf + shift }),
    diagnostics: report.diagnostics.map((found) => ({
      ...found,
      ...(found.ts !== undefined && { ts: found.ts + shift }),
    })),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
