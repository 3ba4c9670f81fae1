/** An endpoint: its path as documentation writes it, with at most one `{parameter}`, and the methods it answers. */
export interface Endpoint {
  readonly path: string;
  readonly methods: readonly string[];
}

/** Which endpoint a path leads to, with its parameter as sent and not decoded; empty where it has none. */
export interface Route<Name extends string = string> {
  readonly endpoint: Name;
  readonly parameter: string;
}

/**
 * Makes the function that finds the endpoint of a path. A slash at its end is ignored, and so are
 * slashes before the first, as a base URL with a slash at its end makes them.
 */
export function routesOf<Name extends string>(
  endpoints: Readonly<Record<Name, Endpoint>>,
): (path: string) => Route<Name> | undefined {
  const patterns = (Object.keys(endpoints) as Name[]).map((endpoint) => {
    // Object.keys forgets the names
    const [prefix = '', suffix] = withoutSlash(endpoints[endpoint].path).split(/\{\w+\}/);
    return { endpoint, prefix, suffix };
  });
  return (path) => {
    const bare = withoutSlash(path.startsWith('//') ? path.replace(/^\/+/, '/') : path);
    for (const { endpoint, prefix, suffix } of patterns) {
      if (suffix === undefined) {
        if (bare === prefix) return { endpoint, parameter: '' };
      } else if (bare.startsWith(prefix) && bare.endsWith(suffix)) {
        const parameter = bare.slice(prefix.length, bare.length - suffix.length);
        if (parameter !== '' && !parameter.includes('/')) return { endpoint, parameter };
      }
    }
    return undefined;
  };
}

/** Endpoints as an answer lists them for a client that is lost. */
export function listEndpoints(endpoints: Readonly<Record<string, Endpoint>>): string {
  return Object.values(endpoints)
    .map(({ path, methods }) => `${methods.join(', ')} ${path}`)
    .join('; ');
}

function withoutSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path;
}
