import { decoded } from '../route.ts';

/** The tab keeps the token; it is gone with the tab. */
const KEY = 'media-sessions.token';

/** The token for the API. One in the fragment, `#token=...`, is taken out of the address bar. */
export function readToken(): string | undefined {
  const given = /^#token=(.+)$/.exec(location.hash)?.[1];
  if (given !== undefined) {
    keepToken(decoded(given));
    history.replaceState(null, '', `${location.pathname}${location.search}#/`);
  }
  return sessionStorage.getItem(KEY) ?? undefined;
}

/** Keeps a token for this tab. */
export function keepToken(token: string): void {
  sessionStorage.setItem(KEY, token);
}
