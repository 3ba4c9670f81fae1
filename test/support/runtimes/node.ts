/** Serves a bundled Worker on Node: `node node.ts <bundle> <port>`. */
import { serve } from '@hono/node-server';

const [, , bundle = '', port] = process.argv;
const worker = (await import(bundle)) as typeof import('./worker.ts');
serve({ fetch: worker.default.fetch, port: Number(port), hostname: '127.0.0.1' });
