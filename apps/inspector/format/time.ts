/** A time in the viewer's zone: `14:03:12.250`, with its date unless that is today's. Takes Unix milliseconds. */
export function formatTime(ms: number, now: number, withMilliseconds = true): string {
  const [day, time] = localTime(ms);
  if (time === undefined) return String(ms); // no calendar reaches so far
  const exact = withMilliseconds ? `${time}.${milliseconds(ms)}` : time;
  return day === localTime(now)[0] ? exact : `${day} ${exact}`;
}

/** A time with its date and its zone: `2026-03-04 14:03:12.250 GMT+1`. */
export function formatTimeInZone(ms: number): string {
  const [day, time] = localTime(ms);
  return time === undefined ? String(ms) : `${day} ${time}.${milliseconds(ms)} ${zoneAt(ms)}`;
}

/** The viewer's zone at a time: `GMT+1`. */
export function zoneAt(ms: number): string {
  return zone.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

/** How long ago, roughly: `now`, `12 s ago`, `5 min ago`, `3 h ago`, `2 d ago`. */
export function ago(ms: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - ms) / 1000));
  if (seconds < 2) return 'now';
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86_400)} d ago`;
}

/** How much later than the client's `ts` an event was received, in words. */
export function skew(ts: number, receivedAt: number): string {
  const ms = receivedAt - ts;
  const size = amount(Math.abs(ms));
  return ms < 0 ? `${size} before its ts: the player's clock is ahead` : `${size} after its ts`;
}

/** `14:03`, of Unix milliseconds. */
export function timeOfDay(ms: number): string {
  return localTime(ms)[1]?.slice(0, 5) ?? '';
}

function milliseconds(ms: number): string {
  return String(((ms % 1000) + 1000) % 1000).padStart(3, '0');
}

function amount(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  if (ms < 120_000) return `${(ms / 1000).toFixed(1)} s`;
  if (ms < 7_200_000) return `${Math.round(ms / 60_000)} min`;
  if (ms < 172_800_000) return `${Math.round(ms / 3_600_000)} h`;
  return `${Math.round(ms / 86_400_000)} days`;
}

/** Swedish writes dates and times as ISO 8601 does, which every engineer reads. */
const iso = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' });
const zone = new Intl.DateTimeFormat('en', { timeZoneName: 'shortOffset' });

function localTime(ms: number): string[] {
  const at = new Date(ms);
  return Number.isNaN(at.valueOf()) ? [] : iso.format(at).split(' ');
}
