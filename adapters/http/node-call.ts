import type { Call } from '../../src/http/call.ts';
import { readBody } from './node-body.ts';
import { type NodeRequest, queryOf } from './node-request.ts';

/** A request of Node as the core sees it. `body` is what a host's parser made of it, if one ran. */
export function nodeCall(req: NodeRequest, path: string, body: unknown): Call {
  return {
    method: req.method ?? 'GET',
    path,
    query: () => queryOf(req),
    header(name) {
      const value = req.headers[name];
      return Array.isArray(value) ? value.join(', ') : value;
    },
    body: (maxBytes) => readBody(req, body, maxBytes),
  };
}
