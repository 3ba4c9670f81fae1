/** What several measurements come to: their median, and between which values the middle half of them lies. */
export interface Quartiles {
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
}

export function quartilesOf(measurements: readonly number[]): Quartiles {
  const sorted = measurements.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
  return { lower: at(0.25), median: at(0.5), upper: at(0.75) };
}
