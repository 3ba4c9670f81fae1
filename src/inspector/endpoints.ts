import { type Endpoint, routesOf } from '../http/endpoints.ts';

const READ = ['GET', 'HEAD'];

/** Every endpoint of the inspector, below its mount point. */
export const ENDPOINTS = {
  page: { path: '/', methods: READ },
  sessions: { path: '/api/sessions', methods: READ },
  session: { path: '/api/sessions/{sid}', methods: READ },
  lanes: { path: '/api/sessions/{sid}/lanes', methods: READ },
  ads: { path: '/api/sessions/{sid}/ads', methods: READ },
  chapters: { path: '/api/sessions/{sid}/chapters', methods: READ },
  explanation: { path: '/api/sessions/{sid}/explanation', methods: READ },
  diagnostics: { path: '/api/sessions/{sid}/diagnostics', methods: READ },
  events: { path: '/api/sessions/{sid}/events', methods: READ },
  rejections: { path: '/api/rejections', methods: READ },
  totals: { path: '/api/totals', methods: READ },
  viewers: { path: '/api/viewers', methods: READ },
  reset: { path: '/api', methods: ['DELETE'] },
} as const satisfies Readonly<Record<string, Endpoint>>;

/** Finds the endpoint of a path, and the sid in it. */
export const findRoute = routesOf(ENDPOINTS);
