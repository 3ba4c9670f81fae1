/** Levels of nesting an event may have. The protocol needs five; more is trouble for whoever walks it later. */
export const MAX_DEPTH = 64;

/** Tells whether a JSON value is nested deeper than that. */
export function isTooDeep(value: object, levels = MAX_DEPTH): boolean {
  if (levels === 0) return true;
  const members = value as Readonly<Record<string, unknown>>; // an array's are its elements
  for (const key in members) {
    const member = members[key];
    if (typeof member === 'object' && member !== null && isTooDeep(member, levels - 1)) return true;
  }
  return false;
}
