import type { RequestListener } from 'node:http';

/** What is measured, by name. Each makes a listener, of modules that no other contender's process loads. */
export const CONTENDERS = {
  'ours on node:http': async () => (await import('./node.ts')).ours(),
  'drain and 204': async () => (await import('./node.ts')).drain(),
  'naive node:http': async () => (await import('./node.ts')).naive(),
  'ours on Express': async () => (await import('./express.ts')).ours(),
  'Express hello': async () => (await import('./express.ts')).hello(),
  'express.json + ajv': async () => (await import('./express.ts')).checked(),
  'ours on Koa': async () => (await import('./koa.ts')).ours(),
  'Koa hello': async () => (await import('./koa.ts')).hello(),
  '@koa/bodyparser + ajv': async () => (await import('./koa.ts')).checked(),
  'ours on Fastify': async () => (await import('./fastify.ts')).ours(),
  'Fastify with a schema': async () => (await import('./fastify.ts')).checked(),
  'Hono with its validator': async () => (await import('./hono.ts')).checked(),
} as const satisfies Readonly<Record<string, () => Promise<RequestListener>>>;

export type Contender = keyof typeof CONTENDERS;
