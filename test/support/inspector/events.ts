import type { IndexedEvent, LaneInterval } from '../../../src/inspector/api.ts';
import type { EventType } from '../../../src/wire/event-types.ts';
import type { MediaEvent } from '../../../src/wire/events.ts';

/** An event of a type that needs no params, at a time. */
export function eventAt(index: number, ts: number, eventType: EventType = 'ping'): IndexedEvent {
  return { index, event: { eventType, playerTime: { playhead: 0, ts } } as MediaEvent, receivedAt: ts };
}

/** An interval between two events, whose indexes are their times. */
export function intervalOf(from: number, to: number): LaneInterval {
  return { from: { index: from, ts: from }, to: { index: to, ts: to }, ms: to - from };
}
