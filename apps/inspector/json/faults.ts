import type { RejectionReason } from '../../../src/wire/reasons.ts';
import type { Line } from './lines.ts';

/** What is wrong at one line: with the value there, or with something that should be in it and is not. */
export interface Fault {
  readonly reason: string;
  /** The rest of the path, below the value of the line, where nothing is. */
  readonly missing?: string;
}

/** Finds the line of each reason, by number. What is not there is shown at the closest value around it. */
export function faultsOf(
  lines: readonly Line[],
  reasons: readonly RejectionReason[],
): ReadonlyMap<number, readonly Fault[]> {
  const numbers = new Map<string, number>();
  for (const [number, { path }] of lines.entries()) {
    if (path !== undefined && !numbers.has(path)) numbers.set(path, number);
  }
  const faults = new Map<number, Fault[]>();
  for (const { path, reason } of reasons) {
    const there = closest(path, numbers);
    const missing = path.slice(there.length);
    const number = numbers.get(there) ?? 0;
    const fault = missing === '' ? { reason } : { reason, missing };
    faults.set(number, [...(faults.get(number) ?? []), fault]);
  }
  return faults;
}

/** The longest path that is there: the path itself, or that of a value around it. */
function closest(path: string, there: ReadonlyMap<string, number>): string {
  for (let end = path.length; end > 1; end--) {
    const next = path[end];
    const isWhole = next === undefined || next === '.' || next === '[';
    if (isWhole && there.has(path.slice(0, end))) return path.slice(0, end);
  }
  return '$';
}
