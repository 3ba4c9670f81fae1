/** Milliseconds since the start of a session as a clock shows them: `1:05`, `1:00:05`, `-0:05`. */
export function clock(ms: number): string {
  const total = Math.round(Math.abs(ms) / 1000);
  if (total === Number.POSITIVE_INFINITY) return ms < 0 ? '-∞' : '∞'; // of seconds that are the greatest number there is
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const pad = (value: number) => String(value).padStart(2, '0');
  const shown = hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds)}` : `${minutes}:${pad(seconds)}`;
  return ms < 0 && total > 0 ? `-${shown}` : shown;
}

/** Unix milliseconds as a date and time, or as they are where there is no such date. */
export function date(ms: number): string {
  const at = new Date(ms);
  return Number.isNaN(at.valueOf())
    ? String(ms)
    : at
        .toISOString()
        .replace('T', ' ')
        .replace(/\.\d+Z$/, ' UTC');
}
