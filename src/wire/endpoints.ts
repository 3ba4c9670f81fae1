import { type Endpoint, type Route as RouteOf, routesOf } from '../http/endpoints.ts';

/** Every endpoint of the Media Collection API (doc: mc-api-sessions-req), and that of its schemas. */
export const ENDPOINTS = {
  sessions: { path: '/api/v1/sessions', methods: ['POST'] },
  events: { path: '/api/v1/sessions/{sid}/events', methods: ['POST'] },
  downloaded: { path: '/api/v1/downloaded', methods: ['POST'] },
  schema: { path: '/api/v1/schemas/{eventType}', methods: ['GET', 'HEAD'] },
} as const satisfies Readonly<Record<string, Endpoint>>;

/** The name of an endpoint. */
export type EndpointName = keyof typeof ENDPOINTS;

/** Which endpoint a path leads to, with the sid or event type in it, as sent and not decoded. */
export type Route = RouteOf<EndpointName>;

/** What the paths of the endpoints begin with. */
export const ROOTS: readonly string[] = [
  ...new Set(Object.values(ENDPOINTS).map(({ path }) => path.replace(/\/\{.*/, ''))),
];

/** Finds the endpoint of a path. A slash at its end, and further ones at its start, are ignored. */
export const findRoute = routesOf(ENDPOINTS);

/** The value of an `Allow` header: an endpoint's methods, OPTIONS among them. */
export function allowedMethods(endpoint: Endpoint): string {
  return ['OPTIONS', ...endpoint.methods].join(', ');
}
