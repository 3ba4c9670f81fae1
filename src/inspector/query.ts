/** A query that a path does not take. */
export class BadQuery extends Error {
  override readonly name = 'BadQuery';
}

/** The fields of a query, each checked as it is read. */
export interface Query {
  text(name: string): string | undefined;
  oneOf<Choice extends string>(name: string, choices: readonly Choice[]): Choice | undefined;
  /** A whole number from `least` to `most`; `missing` when there is none. */
  integer(name: string, missing: number, least: number, most: number): number;
}

/** Reads a query. Each method throws a BadQuery; an empty field counts as missing. */
export function readQuery(query: string): Query {
  const fields = new URLSearchParams(query);
  const text = (name: string) => fields.get(name) || undefined;
  return {
    text,

    oneOf(name, choices) {
      const given = text(name);
      const choice = choices.find((known) => known === given);
      if (given !== undefined && choice === undefined) throw new BadQuery(`${name} must be ${choices.join(' or ')}`);
      return choice;
    },

    integer(name, missing, least, most) {
      const given = text(name);
      if (given === undefined) return missing;
      const value = Number(given);
      if (/^\d{1,15}$/.test(given) && value >= least && value <= most) return value;
      throw new BadQuery(`${name} must be a whole number from ${least} to ${most}`);
    },
  };
}
