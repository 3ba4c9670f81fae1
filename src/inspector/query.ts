/** A query that an endpoint does not take. Its message says how to mend it. */
export class BadQuery extends Error {
  override readonly name = 'BadQuery';
}

/** The fields of a query, each checked as it is read. An empty field counts as missing. */
export interface Query {
  text(name: string): string | undefined;
  oneOf<Choice extends string>(name: string, choices: readonly Choice[]): Choice | undefined;
  /** Any number; undefined when the query has none. */
  number(name: string): number | undefined;
  /** A whole number from `least` to `most`; `fallback` when the query has none. */
  integer(name: string, fallback: number, least: number, most: number): number;
}

/** Reads a query. Its methods throw a BadQuery. */
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

    number(name) {
      const given = text(name);
      const value = given === undefined ? undefined : Number(given);
      if (value === undefined || Number.isFinite(value)) return value;
      throw new BadQuery(`${name} must be a number`);
    },

    integer(name, fallback, least, most) {
      const given = text(name);
      if (given === undefined) return fallback;
      const value = Number(given);
      if (/^\d{1,15}$/.test(given) && value >= least && value <= most) return value;
      throw new BadQuery(`${name} must be a whole number from ${least} to ${most}`);
    },
  };
}
