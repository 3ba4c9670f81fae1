import type { RequestListener } from 'node:http';
import { sessionsMiddleware } from 'media-sessions/node';
import { handWrittenApi } from './hand-written.ts';

export function ours(): RequestListener {
  return sessionsMiddleware({ edge: true });
}

/** Reads the body and looks at nothing: what any answer to a POST costs. */
export function drain(): RequestListener {
  return (req, res) => {
    req.on('data', () => {}).on('end', () => res.writeHead(204).end());
  };
}

export function naive(): RequestListener {
  const api = handWrittenApi();
  return (req, res) => {
    let text = '';
    req
      .on('data', (chunk) => {
        text += chunk;
      })
      .on('end', () => {
        const { status, headers } = api.answer(req.url ?? '', JSON.parse(text));
        res.writeHead(status, headers).end();
      });
  };
}
