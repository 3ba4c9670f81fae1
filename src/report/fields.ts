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

/** A flag is true or absent, never false (doc: "can only be true if set"). */
export function flag(holds: boolean): true | undefined {
  return holds || undefined;
}

/** A number that JSON can say; a length of next to nothing divides to infinity. */
export function finite(number: number): number | undefined {
  return Number.isFinite(number) ? number : undefined;
}
