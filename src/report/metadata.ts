import type { CustomMetadata } from './content-schema.ts';

/** What an event may carry of custom metadata. */
type Sent = Readonly<Record<string, string>> | undefined;

/** Custom metadata as sent, with a null prototype: names like `constructor` are real. */
export function metadataOf(sent: Sent): CustomMetadata {
  return Object.assign(Object.create(null) as CustomMetadata, sent);
}

/**
 * The custom metadata of an ad or chapter: the session's, overlaid by its own. The session's own map where there
 * is nothing to overlay, so that many ads do not multiply large metadata.
 */
export function overlaid(session: CustomMetadata, own: Sent): CustomMetadata {
  const overlays = own !== undefined && Object.keys(own).length > 0;
  return overlays ? Object.assign(metadataOf(session), own) : session;
}
