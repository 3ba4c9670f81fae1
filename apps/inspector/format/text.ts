import type { CloseReason } from '../../../src/session/session.ts';

const CLOSE_REASONS: Readonly<Record<CloseReason, string>> = {
  sessionEnd: 'closed by the player',
  idle: 'closed after silence',
  stall: 'closed after a stall',
  downloaded: 'sent at once',
};

/** How a session closed. */
export function closeReasonIn(reason: CloseReason): string {
  return CLOSE_REASONS[reason];
}

/** `1 event`, `2 events`. */
export function pluralize(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
