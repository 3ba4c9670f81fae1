import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    node: 'adapters/http/node.ts',
    express: 'adapters/http/express.ts',
    koa: 'adapters/http/koa.ts',
    fastify: 'adapters/http/fastify.ts',
    fetch: 'adapters/http/fetch.ts',
    inspector: 'src/inspector/index.ts',
    'stores/postgres': 'adapters/stores/postgres.ts',
    'stores/redis': 'adapters/stores/redis.ts',
    'stores/sqlite': 'adapters/stores/sqlite.ts',
    'reports/ndjson': 'adapters/reports/ndjson.ts',
    'reports/post': 'adapters/reports/post.ts',
    cli: 'adapters/cli/cli.ts',
    testing: 'test/testing.ts',
  },
  format: 'esm',
  target: 'node20.19',
  clean: true,
  dts: true,
  // Bundled, TypeBox loads in no time; as a package of its own it takes a third of a second or more. Its types stay its own.
  noExternal: ['typebox'],
});
