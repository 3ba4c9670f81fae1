import { truncate } from '../../common/text.ts';

/**
 * The fields of T, all of them named, so that none is forgotten: what T may lack may be undefined or
 * null here.
 */
type Fields<T> = {
  readonly [K in keyof T]-?: Record<never, never> extends Pick<T, K> ? T[K] | null | undefined : T[K];
};

/** Leaves out what is missing or null: an unknown value is no field of a report. */
export function present<T extends object>(fields: Fields<T>): T {
  const known: Record<string, unknown> = {};
  for (const name in fields) {
    const value = fields[name];
    if (value !== undefined && value !== null) known[name] = value;
  }
  return known as T; // Fields<T> leaves out nothing but what T may lack
}

/** A flag is true or absent, never false: "can only be true if set" (doc: mc-api-req-params). */
export function flag(holds: boolean): true | undefined {
  return holds || undefined;
}

/** A number that JSON can say; a length of next to nothing divides to infinity. */
export function finite(number: number): number | undefined {
  return Number.isFinite(number) ? number : undefined;
}

/** The most characters of a text that a report repeats: in each ad of a break, each chapter of the content. */
const MAX_LENGTH = 256;

/** A text that was sent once, as far as a report repeats it: else a megabyte that was sent may become gigabytes. */
export function repeatable<Text extends string | null | undefined>(text: Text): Text | string {
  return text && truncate(text, MAX_LENGTH);
}
