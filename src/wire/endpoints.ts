/** An endpoint: its path as documentation writes it, and the methods it answers. */
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

const patterns = Object.entries(ENDPOINTS).map(([name, { path }]) => {
  const [prefix = '', suffix] = path.split(/\{\w+\}/);
  return { endpoint: name as keyof typeof ENDPOINTS, prefix, suffix }; // Object.entries forgets the names
});

/** Finds the endpoint of a path. One trailing slash is ignored. */
export function findRoute(path: string): Route | undefined {
  const bare = path.endsWith('/') ? path.slice(0, -1) : path;
  for (const { endpoint, prefix, suffix } of patterns) {
    if (suffix === undefined) {
      if (bare === prefix) return { endpoint, parameter: '' };
    } else if (bare.startsWith(prefix) && bare.endsWith(suffix)) {
      const parameter = bare.slice(prefix.length, bare.length - suffix.length);
      if (parameter !== '' && !parameter.includes('/')) return { endpoint, parameter };
    }
  }
  return undefined;
}

/** Endpoints as an answer lists them for a client that is lost. */
export function listEndpoints(endpoints: readonly Endpoint[]): string {
  return endpoints.map(({ path, methods }) => `${methods.join(', ')} ${path}`).join('; ');
}

/** The value of an `Allow` header: an endpoint's methods, OPTIONS among them. */
export function allowedMethods(endpoint: Endpoint): string {
  return ['OPTIONS', ...endpoint.methods].join(', ');
}
