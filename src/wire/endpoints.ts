/** An endpoint of the API: its path as documentation writes it, and the methods it answers. */
export interface Endpoint {
  readonly path: string;
  readonly methods: readonly string[];
}

/** Every endpoint there is. */
export const ENDPOINTS = {
  sessions: { path: '/api/v1/sessions', methods: ['POST'] },
  events: { path: '/api/v1/sessions/{sid}/events', methods: ['POST'] },
  downloaded: { path: '/api/v1/downloaded', methods: ['POST'] },
  schema: { path: '/api/v1/schemas/{eventType}', methods: ['GET', 'HEAD'] },
} as const satisfies Readonly<Record<string, Endpoint>>;

/** What the paths of the endpoints begin with. */
export const ROOTS: readonly string[] = [
  ...new Set(Object.values(ENDPOINTS).map(({ path }) => path.replace(/\/\{.*/, ''))),
];

/** Which endpoint a path leads to, with the sid or event type in it, as sent and not decoded. */
export interface Route {
  readonly endpoint: keyof typeof ENDPOINTS;
  readonly parameter: string;
}

const patterns = Object.entries(ENDPOINTS).map(([name, { path }]) => ({
  endpoint: name as keyof typeof ENDPOINTS, // Object.entries forgets the names
  pattern: new RegExp(`^${path.replace(/\{\w+\}/, '([^/]+)')}/?$`),
}));

/** Finds the endpoint of a path. One trailing slash is ignored. */
export function findRoute(path: string): Route | undefined {
  for (const { endpoint, pattern } of patterns) {
    const match = pattern.exec(path);
    if (match) return { endpoint, parameter: match[1] ?? '' };
  }
  return undefined;
}

/** The value of an `Allow` header: an endpoint's methods, OPTIONS among them. */
export function allowedMethods(endpoint: Endpoint): string {
  return ['OPTIONS', ...endpoint.methods].join(', ');
}
