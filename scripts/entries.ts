/** The doors of the package: the file behind each subpath that can be imported, by the name of what is built of it. */
export const ENTRIES = {
  index: 'src/index.ts',
  inspector: 'src/inspector/index.ts',
  testing: 'src/testing/index.ts',
  store: 'src/session/index.ts',
  node: 'adapters/http/node.ts',
  express: 'adapters/http/express.ts',
  koa: 'adapters/http/koa.ts',
  fastify: 'adapters/http/fastify.ts',
  fetch: 'adapters/http/fetch.ts',
  'stores/postgres': 'adapters/stores/postgres/store.ts',
  'stores/redis': 'adapters/stores/redis/store.ts',
  'stores/sqlite': 'adapters/stores/sqlite/store.ts',
  'reports/ndjson': 'adapters/reports/ndjson.ts',
  'reports/post': 'adapters/reports/post.ts',
} as const satisfies Readonly<Record<string, string>>;
