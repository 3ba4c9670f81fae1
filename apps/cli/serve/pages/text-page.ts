import type { Call } from '../../../../src/http/call.ts';
import type { Handler } from '../../../../src/http/handler.ts';
import { byteLength, type Reply } from '../../../../src/http/reply.ts';

/** A reply in plain text, before it has the headers that all of them have. */
export interface TextReply {
  readonly status: number;
  readonly text: string;
  /** Headers beside the usual ones, or in place of them. */
  readonly headers?: Reply['headers'];
}

/** A page of plain text at one path. */
export function textPage(path: string, show: (call: Call) => Promise<TextReply>): Handler {
  return {
    async handle(call) {
      if (call.path !== path) return undefined;
      if (call.method === 'GET' || call.method === 'HEAD') return toReply(await show(call));
      return toReply({ status: 405, text: 'This page is only read.\n', headers: { Allow: 'GET, HEAD' } });
    },
    notFound: () => toReply({ status: 404, text: 'Nothing is here.\n' }),
    roots: [path],
  };
}

/** The reply with all its headers. */
export function toReply({ status, text, headers }: TextReply): Reply {
  return {
    status,
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Length': String(byteLength(text)),
      'Cache-Control': 'no-store',
      ...headers,
    },
    body: text,
  };
}
