/** Milliseconds since the start of a session as a clock shows them: `1:05`, `1:00:05`, `-0:05`. */
export function clock(ms: number): string {
  return shown(ms < 0, Math.round(Math.abs(ms) / 1000));
}

/** The same to the millisecond: `1:05.250`. */
export function clockWithMs(ms: number): string {
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
