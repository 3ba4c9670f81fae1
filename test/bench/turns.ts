/**
 * Does several works in turn, so many rounds, and gives the results of each. What disturbs the machine for a while then
 * disturbs all of them, and a ratio of two results of one round suffers least.
 */
export async function inTurn<Result>(
  rounds: number,
  works: readonly (() => Promise<Result>)[],
): Promise<readonly Result[][]> {
  const results = works.map((): Result[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, work] of works.entries()) results[index]?.push(await work());
  }
  return results;
}

/** How many times as large the measurements of one are as those of another, round by round. */
export function ratios(of: readonly number[], to: readonly number[]): number[] {
  return of.map((value, round) => value / (to[round] ?? Number.NaN));
}
