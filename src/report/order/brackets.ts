import type { EventOf } from '../../wire/events.ts';
import type { TimedEvent } from './timed-event.ts';

/** The events that open and close something: ad breaks, ads, chapters, states. */
export type BracketType =
  | 'adComplete'
  | 'adSkip'
  | 'adBreakComplete'
  | 'chapterComplete'
  | 'chapterSkip'
  | 'stateEnd'
  | 'chapterStart'
  | 'adBreakStart'
  | 'adStart'
  | 'stateStart';

/** A kept bracket event. */
export interface TimedBracket extends TimedEvent {
  readonly event: { [T in BracketType]: EventOf<T> }[BracketType];
}

/** What is open between two events. */
export interface OpenBrackets {
  adBreak: boolean;
  ad: boolean;
  chapter: boolean;
  readonly states: Set<string>;
}

interface Bracket {
  /** Whether the event makes sense with what is open. `state` is the name of the state it is about. */
  readonly fits: (open: OpenBrackets, state: string) => boolean;
  /** What the event changes, fitting or not: as the time engine takes it. */
  readonly apply: (open: OpenBrackets, state: string) => void;
}

const adEnd: Bracket = {
  fits: (open) => open.ad,
  apply: (open) => {
    open.ad = false;
  },
};

const chapterEnd: Bracket = {
  fits: (open) => open.chapter,
  apply: (open) => {
    open.chapter = false;
  },
};

/** Each bracket event; in the order in which they are taken at one instant when none of them fits (decided here). */
export const BRACKETS: Readonly<Record<BracketType, Bracket>> = {
  adComplete: adEnd,
  adSkip: adEnd,
  adBreakComplete: {
    fits: (open) => open.adBreak && !open.ad,
    apply: (open) => {
      open.ad = false;
      open.adBreak = false;
    },
  },
  chapterComplete: chapterEnd,
  chapterSkip: chapterEnd,
  stateEnd: { fits: (open, state) => open.states.has(state), apply: (open, state) => open.states.delete(state) },
  chapterStart: {
    fits: (open) => !open.chapter,
    apply: (open) => {
      open.chapter = true;
    },
  },
  adBreakStart: {
    fits: (open) => !open.adBreak,
    apply: (open) => {
      open.ad = false;
      open.adBreak = true;
    },
  },
  adStart: {
    fits: (open) => open.adBreak && !open.ad,
    apply: (open) => {
      open.ad = open.adBreak;
    },
  },
  stateStart: { fits: (open, state) => !open.states.has(state), apply: (open, state) => open.states.add(state) },
};

const adEvents = ['adComplete', 'adSkip', 'adBreakComplete', 'adBreakStart', 'adStart'] as const;
const chapterEvents = ['chapterComplete', 'chapterSkip', 'chapterStart'] as const;
const stateEvents = ['stateEnd', 'stateStart'] as const;

/** The types whose fitting may change when an event of this type is taken. */
export function affectedBy(type: BracketType): readonly BracketType[] {
  if (type === 'stateStart' || type === 'stateEnd') return stateEvents;
  return type.startsWith('chapter') ? chapterEvents : adEvents;
}

const STANDARD_NAMES = ['fullscreen', 'mute', 'closedCaptioning', 'pictureInPicture', 'inFocus'];

const standardNames: ReadonlyMap<string, string> = new Map(STANDARD_NAMES.map((name) => [name.toLowerCase(), name]));

/**
 * The state that an event is about. The five standard names are matched without case: the JavaScript SDK
 * sends `fullScreen`, the mobile SDKs `fullscreen`. Others are as sent.
 */
export function stateNameOf(event: EventOf<'stateStart'> | EventOf<'stateEnd'>): string {
  const name = event.params['media.state.name'];
  return standardNames.get(name.toLowerCase()) ?? name;
}
