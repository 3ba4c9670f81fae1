import type { RequestListener } from 'node:http';
import bodyParser from '@koa/bodyparser';
import Koa from 'koa';
import { sessionsMiddleware } from 'media-sessions/koa';
import { isEvent } from './ajv-check.ts';
import { handWrittenApi } from './hand-written.ts';

export function ours(): RequestListener {
  return new Koa().use(sessionsMiddleware()).callback();
}

export function hello(): RequestListener {
  return new Koa()
    .use((ctx) => {
      ctx.body = 'hello';
    })
    .callback();
}

export function checked(): RequestListener {
  const api = handWrittenApi();
  return new Koa()
    .use(bodyParser())
    .use((ctx) => {
      const { body } = ctx.request as { readonly body?: unknown }; // the parser's
      if (!isEvent(ctx.path, body)) return ctx.throw(400);
      const { status, headers } = api.answer(ctx.path, body);
      ctx.body = '';
      ctx.status = status;
      ctx.set(headers);
    })
    .callback();
}
