import { signal } from '@preact/signals';
import { parseRoute, type Route } from '../route.ts';

/** What the address bar says is to be shown. */
export const route = signal<Route>(parseRoute(location.hash));

addEventListener('hashchange', () => {
  if (location.hash.startsWith('#token=')) location.reload(); // the token is taken out at the start
  route.value = parseRoute(location.hash);
});

/** The time, to the second: what "3 s ago" is counted from. Unix milliseconds. */
export const secondsNow = signal(Date.now());

setInterval(() => {
  if (!document.hidden) secondsNow.value = Date.now();
}, 1000);
