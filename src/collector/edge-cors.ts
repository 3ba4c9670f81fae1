import type { Reply } from '../http/reply.ts';
import type { Cors, CorsOptions } from './cors.ts';

/**
 * What a browser needs of the Media Edge API. The Web SDK sends its requests with cookies, so that `*` would not do, nor
 * an answer without Allow-Credentials, be it one that says no: without the headers it tries nothing again.
 */
function serviceHeaders({ allowedHeaders = [], exposedHeaders = [] }: CorsOptions) {
  const named = (names: readonly string[]) => names.filter((name) => name !== '*'); // beside credentials that is a name
  return {
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Allow-Methods': 'OPTIONS,POST',
    'Access-Control-Allow-Headers': ['Content-Type', ...named(allowedHeaders)].join(','),
    'Access-Control-Expose-Headers': ['Retry-After, X-Adobe-Edge, X-Request-ID', ...named(exposedHeaders)].join(', '),
  };
}

const VARIES = { Vary: 'Origin' };

/** CORS for the paths of the Media Edge API: the caller's origin is echoed where `origin` is `'*'`, or has it. */
export function edgeCors(options: CorsOptions): Cors {
  const { origin = '*', maxAge = 86_400 } = options;
  const service = serviceHeaders(options);
  const listed = origin === '*' ? undefined : new Set(typeof origin === 'string' ? [origin] : origin);

  function withHeaders(reply: Reply, caller: () => string | undefined): Reply {
    const from = caller();
    const admitted = from !== undefined && (listed === undefined || listed.has(from));
    const own = admitted ? { 'Access-Control-Allow-Origin': from, ...service, ...VARIES } : VARIES;
    return { ...reply, headers: { ...reply.headers, ...own } };
  }

  return {
    withHeaders,
    preflight: (reply, caller) =>
      withHeaders({ ...reply, headers: { ...reply.headers, 'Access-Control-Max-Age': String(maxAge) } }, caller),
  };
}
