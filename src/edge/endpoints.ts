import type { Endpoint, Route as RouteOf } from '../http/endpoints.ts';
import { isEdgeType } from './event-types.ts';

const POST = ['POST'];

/**
 * Every endpoint of the Media Edge API (doc: endpoints/media), what else the Web SDK asks of its domain, and that of the
 * schemas. A path may have a region after its base, as in `/ee/or2/va/v1/play`.
 */
export const EDGE_ENDPOINTS = {
  edgeEvent: { path: '/ee/va/v1/{type}', methods: POST },
  edgeInteract: { path: '/ee/v1/interact', methods: POST },
  edgeCollect: { path: '/ee/v1/collect', methods: POST },
  edgeIdentity: { path: '/ee/v1/identity/acquire', methods: POST },
  edgeConsent: { path: '/ee/v1/privacy/set-consent', methods: POST },
  edgeSchema: { path: '/api/v1/schemas/edge/{type}', methods: ['GET', 'HEAD'] },
} as const satisfies Readonly<Record<string, Endpoint>>;

/** The name of an endpoint. */
export type EdgeEndpointName = keyof typeof EDGE_ENDPOINTS;

/** Which endpoint a path leads to, with the type in it, empty where it has none. */
export type EdgeRoute = RouteOf<EdgeEndpointName>;

/** The bases that SDKs have built in: `ee`, and that of the mobile SDKs' environment before production. */
const BASES = ['ee', 'ee-pre-prd'];

const NAMES: Readonly<Record<string, EdgeEndpointName>> = {
  '/v1/interact': 'edgeInteract',
  '/v1/collect': 'edgeCollect',
  '/v1/identity/acquire': 'edgeIdentity',
  '/v1/privacy/set-consent': 'edgeConsent',
};

/** The paths that the endpoints are under. `own` is one more, such as `/media/ee`. */
export function edgeRoots(own?: string): readonly string[] {
  return [...new Set([...BASES.map((base) => `/${base}`), ...(own === undefined ? [] : [own])])];
}

/** Makes the function that finds the endpoint of a path. A slash at its end, and further ones at its start, are ignored. */
export function edgeRoutes(roots: readonly string[]): (path: string) => EdgeRoute | undefined {
  const schema = /^\/+api\/v1\/schemas\/edge\/([^/]+)\/?$/;
  const bases = roots.map((root) => root.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  const endpoint = new RegExp(
    `^/*(?:${bases})(?:/[\\w-]{1,32})?(?:/va/v1/(\\w{1,32})|(/v1/(?:interact|collect|identity/acquire|privacy/set-consent)))/?$`,
  );
  return (path) => {
    const [, type, rest = ''] = endpoint.exec(path) ?? [];
    if (type !== undefined) return isEdgeType(type) ? { endpoint: 'edgeEvent', parameter: type } : undefined;
    const named = NAMES[rest];
    if (named !== undefined) return { endpoint: named, parameter: '' };
    const [, parameter] = schema.exec(path) ?? [];
    return parameter === undefined ? undefined : { endpoint: 'edgeSchema', parameter };
  };
}
