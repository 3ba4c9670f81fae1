/** The median of several measurements and their spread, as in `1.23 (1.10 to 1.31)`. */
export function describeRatio(measurements: readonly number[]): string {
  const sorted = measurements.toSorted((a, b) => a - b);
  const [least = Number.NaN] = sorted;
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  return `${median.toFixed(2)} (${least.toFixed(2)} to ${(sorted.at(-1) ?? Number.NaN).toFixed(2)})`;
}
