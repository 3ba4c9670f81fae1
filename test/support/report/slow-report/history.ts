import type { StoredEvent } from '../../../../src/session/session.ts';
import type { EventType } from '../../../../src/wire/event-types.ts';
import type { MediaEvent } from '../../../../src/wire/events.ts';

// `before` are always the events so far, in order: each function says what they come to.

export function playerAfter(before: readonly StoredEvent[]): string {
  const players: Partial<Record<EventType, string>> = {
    play: 'play',
    pauseStart: 'pause',
    bufferStart: 'buffer',
    sessionComplete: 'ended',
  };
  return before.map(({ event }) => players[event.eventType]).findLast((player) => player !== undefined) ?? 'starting';
}

export function isPlayed(before: readonly StoredEvent[]): boolean {
  return before.some((event, at) => isType('play')(event) && !inBreak(before.slice(0, at)));
}

export function inBreak(before: readonly StoredEvent[]): boolean {
  return isOpen(before, ['adBreakStart'], ['adBreakComplete']) !== undefined;
}

export function adsOf(before: readonly StoredEvent[]): StoredEvent[] {
  return before.filter((event, at) => isType('adStart')(event) && inBreak(before.slice(0, at)));
}

export function openAd(before: readonly StoredEvent[]): StoredEvent | undefined {
  const ad = adsOf(before).at(-1);
  const closed = before
    .slice(ad ? before.indexOf(ad) + 1 : 0)
    .some(isType('adComplete', 'adSkip', 'adBreakStart', 'adBreakComplete'));
  return closed ? undefined : ad;
}

export function isStateOn(before: readonly StoredEvent[], name: string | undefined): boolean {
  const about = before.filter((event) => stateName(event) === name);
  return isOpen(about, ['stateStart'], ['stateEnd']) !== undefined;
}

export function opensState(event: StoredEvent, before: readonly StoredEvent[], name: string | undefined): boolean {
  return isType('stateStart')(event) && stateName(event) === name && !isStateOn(before, name);
}

export function isOpen(
  before: readonly StoredEvent[],
  starts: EventType[],
  ends: EventType[],
): StoredEvent | undefined {
  const last = before.findLast(isType(...starts, ...ends));
  return last && isType(...starts)(last) ? last : undefined;
}

export function closingOf(
  events: readonly StoredEvent[],
  start: StoredEvent,
  ends: EventType[],
): EventType | undefined {
  const later = events.slice(events.indexOf(start) + 1);
  const restart = start.event.eventType === 'adStart' ? ['adStart' as const] : [];
  return later.find(isType(...ends, ...restart))?.event.eventType;
}

export function entries(events: readonly StoredEvent[], type: EventType, player: string): number {
  return events.filter((event, at) => isType(type)(event) && playerAfter(events.slice(0, at)) !== player).length;
}

export function lastPlayhead(before: readonly StoredEvent[]): number | undefined {
  return before.map(({ event }) => known(event)).findLast((playhead) => playhead !== undefined);
}

export function isType(...types: EventType[]): (stored: StoredEvent) => boolean {
  return ({ event }) => types.includes(event.eventType);
}

export function known({ playerTime: { playhead } }: MediaEvent): number | undefined {
  return playhead === null || playhead < 0 ? undefined : playhead;
}

export function stateName(stored: StoredEvent): string | undefined {
  const name = paramOf(stored, 'media.state.name');
  return name === 'fullScreen' ? 'fullscreen' : (name as string | undefined);
}

export function paramOf(stored: StoredEvent | undefined, key: string): unknown {
  return (stored?.event.params as Record<string, unknown> | undefined)?.[key];
}
