import { BadInput } from './bad-input.ts';

/**
 * Makes the function that refuses an event of a session that nothing opened. Only of the first of such a session it
 * throws a BadInput: a recording that began late may have thousands.
 */
export function unopenedSessions(): (sid: string, place: string) => void {
  const known = new Set<string>();
  return (sid, place) => {
    if (known.has(sid)) return;
    known.add(sid);
    throw new BadInput(`${place} is for session ${sid}, which no sessionStart before it opened`);
  };
}
