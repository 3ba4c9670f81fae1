import type { RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { validator } from 'hono/validator';
import { isEvent } from './ajv-check.ts';
import { handWrittenApi } from './hand-written.ts';

export function checked(): RequestListener {
  const api = handWrittenApi();
  const check = validator('json', (value, c) => (isEvent(c.req.path, value) ? value : c.body(null, 400)));
  const app = new Hono().post('/api/v1/*', check, (c) => {
    const { status, headers } = api.answer(c.req.path, c.req.valid('json'));
    return c.body(null, status as 201 | 204 | 404, { ...headers });
  });
  return getRequestListener(app.fetch);
}
