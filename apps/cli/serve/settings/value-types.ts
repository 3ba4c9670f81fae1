/** What the text of an option may be. */
export interface ValueType<Value> {
  /** The value of a text, or undefined for a text that is wrong. */
  readonly parse: (text: string) => Value | undefined;
  /** What the text must be, for the error about one that is wrong. */
  readonly expected: string;
}

/** A whole number from `least` to `greatest`. The unit is for the error. */
export function wholeNumber(greatest: number, unit?: string, least = 0): ValueType<number> {
  return {
    parse(text) {
      const number = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
      return number >= least && number <= greatest ? number : undefined;
    },
    expected: `a whole number ${unit === undefined ? '' : `of ${unit} `}from ${least} to ${greatest}`,
  };
}

/** A number of days, as milliseconds. */
export const days: ValueType<number> = {
  parse(text) {
    const number = /^\d{1,6}(\.\d{1,6})?$/.test(text) ? Number(text) : 0;
    return number > 0 ? Math.ceil(number * 86_400_000) : undefined;
  },
  expected: 'a number of days above 0, such as 30 or 0.5',
};

/** One of two words. */
export function oneOf<const Word extends string>(...words: readonly [Word, Word]): ValueType<Word> {
  return { parse: (text) => words.find((word) => word === text), expected: words.join(' or ') };
}

export const trueOrFalse: ValueType<boolean> = {
  parse: (text) => (text === 'true' || text === 'false' ? text === 'true' : undefined),
  expected: 'true or false',
};

/** A host name or an IP address. One of IPv6 may have brackets, as in a URL. */
export const host: ValueType<string> = {
  parse: (text) => text.replace(/^\[(.*)\]$/, '$1') || undefined,
  expected: 'a host name or an IP address',
};

/** What can be a Bearer token in a header, in words. */
export const TOKEN_RULE = '8 or more letters, digits and signs of ASCII, without spaces';

/** What can be a Bearer token in a header. */
export const token: ValueType<string> = {
  parse: (text) => (/^[\x21-\x7e]{8,}$/.test(text) ? text : undefined),
  expected: TOKEN_RULE,
};

export const secret: ValueType<string> = {
  parse: (text) => (text.length >= 8 ? text : undefined),
  expected: '8 or more characters',
};
