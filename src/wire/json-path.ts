import { truncate } from '../common/text.ts';

/** Longest key or value of a client that an answer repeats. */
const MAX_ECHO = 64;

/**
 * The part of a JSONPath that leads to a member, as in `.playerTime` or `['media.id']`. A long key is
 * cut, an odd one escaped.
 */
export function subscript(key: string): string {
  return /^[A-Za-z_]\w{0,63}$/.test(key) ? `.${key}` : `['${quote(excerpt(key))}']`;
}

/** A client's text, cut to what an answer may repeat of it. */
export function excerpt(text: string): string {
  return text.length > MAX_ECHO ? `${truncate(text, MAX_ECHO)}…` : text;
}

function quote(key: string): string {
  if (/^[\w .-]*$/.test(key)) return key;
  return JSON.stringify(key).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
}
