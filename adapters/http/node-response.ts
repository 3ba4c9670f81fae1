import type { ServerResponse } from 'node:http';
import type { Reply } from '../../src/http/reply.ts';
import { rejectWith } from '../../src/wire/replies.ts';
import type { NodeRequest, NodeResponse } from './node-request.ts';

/** Sends a reply, unless the host was first. */
export function send({ method }: NodeRequest, response: NodeResponse, { status, headers, body }: Reply): void {
  const res = response as ServerResponse; // http2's answers to the same calls
  if (res.headersSent || res.destroyed) return;
  res.writeHead(status, headers);
  res.end(method === 'HEAD' ? undefined : body); // a server may be told to throw at a body that HTTP forbids
}

/**
 * Answers 500 when the host failed, or when a handler did and there is no host to tell: no request is left hanging.
 * Headers that the host has set go, since they were for another answer, and may be what made sending it fail.
 */
export function sendFailure(req: NodeRequest, res: NodeResponse): void {
  if (!res.headersSent) for (const name of res.getHeaderNames()) res.removeHeader(name);
  send(req, res, rejectWith('failed'));
}
