import { hex } from '../common/text.ts';

/** An entity tag made of the content it names. */
export async function entityTag(body: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(body));
  return `"${hex(new Uint8Array(digest, 0, 8))}"`;
}

/** Tells whether an If-None-Match header names an entity tag (RFC 9110, 13.1.2: by weak comparison). */
export function holds(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')));
}
