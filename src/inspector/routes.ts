import type { Endpoint } from '../wire/endpoints.ts';

/** An endpoint of the inspector. */
interface InspectorRoute extends Endpoint {
  readonly name: 'page' | 'reset' | 'sessions' | 'session' | 'events' | 'rejections' | 'totals' | 'viewers';
}

const READ = ['GET', 'HEAD'];

/** Every path there is, below the mount point. */
export const ROUTES: readonly InspectorRoute[] = [
  { name: 'page', path: '/', methods: READ },
  { name: 'sessions', path: '/api/sessions', methods: READ },
  { name: 'session', path: '/api/sessions/{sid}', methods: READ },
  { name: 'events', path: '/api/sessions/{sid}/events', methods: READ },
  { name: 'rejections', path: '/api/rejections', methods: READ },
  { name: 'totals', path: '/api/totals', methods: READ },
  { name: 'viewers', path: '/api/viewers', methods: READ },
  { name: 'reset', path: '/api', methods: ['DELETE'] },
];

const patterns = ROUTES.map((route) => ({
  route,
  pattern: new RegExp(`^(?=/)${route.path.replace(/\/$/, '').replace('{sid}', '([^/]+)')}/?$`),
}));

/** Finds what a path leads to, and the sid in it. One trailing slash is ignored. */
export function findRoute(path: string): { readonly route: InspectorRoute; readonly sid: string } | undefined {
  for (const { route, pattern } of patterns) {
    const match = pattern.exec(path);
    if (match) return { route, sid: match[1] ?? '' };
  }
  return undefined;
}
