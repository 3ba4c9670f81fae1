/** The most bytes that the entries of a list may have in one answer, as JSON in UTF-8; the first is in it whatever it has. */
const MAX_LIST = 1_000_000;
/** The most bytes that one entry may have. */
export const MAX_ENTRY = 600_000;

const utf8 = new TextEncoder();

/** The bytes of a text in UTF-8. */
export function bytesOf(text: string): number {
  return utf8.encode(text).length;
}

/** The entries of one answer as the text of a JSON array. */
export interface EntryTexts {
  /** Takes the JSON of an entry, unless it is too much for this answer: then the list is full. */
  add(json: string): boolean;
  readonly count: number;
  /** The JSON array of what was taken. */
  text(): string;
}

/** Collects entries, up to `limit` of them, until they have as many bytes as an answer may. */
export function entryTexts(limit: number): EntryTexts {
  const entries: string[] = [];
  let bytes = 0;
  return {
    add(json) {
      const more = bytesOf(json) + 1;
      if (entries.length >= limit || (entries.length > 0 && bytes + more > MAX_LIST)) return false;
      entries.push(json);
      bytes += more;
      return true;
    },
    get count() {
      return entries.length;
    },
    text: () => `[${entries.join(',')}]`,
  };
}
