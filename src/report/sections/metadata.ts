import type { CustomMetadata } from '../schema/field-types.ts';

/** What an event may carry of custom metadata. */
type Sent = Readonly<Record<string, string>> | undefined;

/**
 * The most characters by which all ads and chapters together repeat the session's metadata. Without a limit a
 * session of a megabyte could be reported on in gigabytes.
 */
const MAX_REPEATED = 1_000_000;

/** Custom metadata as sent, with a null prototype: names like `constructor` are real. */
export function metadataOf(sent: Sent): CustomMetadata {
  return Object.assign(Object.create(null) as CustomMetadata, sent);
}

/** As JSON, an entry has quotes, a colon and a comma too. */
const ENTRY_OVERHEAD = 6;

/** The characters that it takes when `times` ads and chapters repeat the session's metadata, where that is too much. */
export function excessOf(session: Sent, times: number): number | undefined {
  let size = 0;
  for (const [key, value] of Object.entries(session ?? {})) size += key.length + value.length + ENTRY_OVERHEAD;
  return size * times > MAX_REPEATED ? size * times : undefined;
}

/** The custom metadata of an ad or chapter: the session's, overlaid by its own. Its own copy, for hosts to redact. */
export function mergeMetadata(session: CustomMetadata, own: Sent): CustomMetadata {
  return Object.assign(metadataOf(session), own);
}
