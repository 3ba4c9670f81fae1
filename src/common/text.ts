/** Milliseconds since the start of a session as a clock shows them: `1:05`, `1:00:05`, `-0:05`. */
export function formatClock(ms: number): string {
  return shown(ms < 0, Math.round(Math.abs(ms) / 1000));
}

/** The same to the millisecond: `1:05.250`. */
export function formatClockMs(ms: number): string {
  const whole = Math.round(Math.abs(ms));
  return `${shown(ms < 0 && whole > 0, Math.floor(whole / 1000), true)}.${pad(whole % 1000, 3)}`;
}

/** @param total Whole seconds. Infinity where a player sent a length in seconds that is beyond all milliseconds. */
function shown(negative: boolean, total: number, evenAtZero = false): string {
  if (total === Number.POSITIVE_INFINITY) return negative ? '-∞' : '∞';
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const text = hours > 0 ? `${hours}:${pad(minutes, 2)}:${pad(seconds, 2)}` : `${minutes}:${pad(seconds, 2)}`;
  return negative && (total > 0 || evenAtZero) ? `-${text}` : text;
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}

/** `1 event`, `2 events`. */
export function pluralize(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/**
 * The first characters of a text, as a text of its own: engines make a slice a view of the whole, which then stays in
 * memory with it.
 */
export function truncatedCopy(text: string, most: number): string {
  return text.length > most ? JSON.parse(JSON.stringify(truncate(text, most))) : text;
}

/** Half of a character that takes two code units, where its other half was cut off. */
const HALF_A_CHARACTER = /[\uD800-\uDBFF]$/;

/**
 * The first characters of a text that a client sent, at most so many UTF-16 code units. None is cut in two: strict
 * readers of JSON, PostgreSQL's jsonb among them, refuse all of a document for half a character.
 */
export function truncate(text: string, most: number): string {
  return text.length > most ? text.slice(0, most).replace(HALF_A_CHARACTER, '') : text;
}

/** Bytes as lower-case hex digits, two for each. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
