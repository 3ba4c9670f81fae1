/** A part of an address without its percent signs; one that stands there by mistake stays. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What is to be seen. */
export type Route =
  | { readonly page: 'overview' }
  | { readonly page: 'session'; readonly sid: string }
  | { readonly page: 'rejections' };

/** Reads a location's hash. What it does not know is the overview. */
export function parseRoute(hash: string): Route {
  if (hash === '#/rejections') return { page: 'rejections' };
  const sid = /^#\/sessions\/([^/]+)$/.exec(hash)?.[1];
  return sid === undefined ? { page: 'overview' } : { page: 'session', sid: decoded(sid) };
}

/** The hash that leads to a session. */
export function sessionLink(sid: string): string {
  return `#/sessions/${encodeURIComponent(sid)}`;
}

/** Where the inspector is mounted, with a slash at its end, by the path of its page. */
export function mountOf(pathname: string): string {
  return pathname.endsWith('/') ? pathname : `${pathname}/`;
}
