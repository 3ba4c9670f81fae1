/** A URL that reports can be posted to, or what is wrong with one that they cannot. */
export type PostTarget = { readonly url: URL } | { readonly fault: string };

/** Reads where to post: over http or https, and without a password, which `fetch` refuses to send from a URL. */
export function postTarget(url: string | URL): PostTarget {
  const target = URL.canParse(String(url)) ? new URL(url) : undefined;
  if (target === undefined || !/^https?:$/.test(target.protocol)) {
    return { fault: 'the URL must be absolute, and http or https' };
  }
  if (target.username || target.password) {
    return { fault: 'the URL must have no user or password; send an authorization header instead' };
  }
  return { url: target };
}
