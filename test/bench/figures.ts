import { quartilesOf } from './quartiles.ts';

/** What a figure is in, and what it is hoped to be. A goal is said beside the figure; nothing fails on it. */
interface FigureOptions {
  readonly unit: string;
  readonly goal?: string;
}

/** Prints what is measured next. */
export function printTitle(title: string): void {
  console.log(`\n${title}`);
}

/** Prints measurements of one thing. */
export function printFigure(name: string, measurements: readonly number[], { unit, goal }: FigureOptions): void {
  printLine(name, `${spread(measurements)} ${unit}`, goal);
}

/** Prints the longest of many durations, which are in milliseconds: one alone may be due to another program. */
export function printSlowest(name: string, durations: Iterable<number>, goal: string): void {
  const slowest = [...durations].sort((a, b) => b - a).slice(0, 5);
  printLine(name, `${slowest.map(rounded).join(', ')} ms`, goal);
}

export function printLine(name: string, figure: string, goal?: string): void {
  printCells([name.padEnd(48), figure.padEnd(36), ...(goal === undefined ? [] : [`goal: ${goal}`])]);
}

/** Prints cells that are padded already. */
export function printCells(cells: readonly string[]): void {
  console.log(`  ${cells.join(' ')}`.trimEnd());
}

/** The median of measurements, and between which values the middle half of them lies: `1.23 (1.19 to 1.27)`. */
export function spread(measurements: readonly number[]): string {
  const { lower, median, upper } = quartilesOf(measurements);
  return `${rounded(median)} (${rounded(lower)} to ${rounded(upper)})`;
}

/** A number to three digits. */
export function rounded(value: number): string {
  const digits = value < 10 ? 2 : value < 100 ? 1 : 0;
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
