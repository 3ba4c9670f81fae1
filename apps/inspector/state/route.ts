import { signal } from '@preact/signals';
import { parseRoute, type Route } from '../route.ts';

/** What the address bar says is to be seen. */
export const route = signal<Route>(parseRoute(location.hash));

addEventListener('hashchange', () => {
  if (location.hash.startsWith('#token=')) location.reload(); // the token is taken out at the start
  route.value = parseRoute(location.hash);
});
