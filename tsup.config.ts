import { rm } from 'node:fs/promises';
import { defineConfig, type Options } from 'tsup';
import { bundledLicences } from './scripts/bundled-licences.ts';

/**
 * What both builds have in common. TypeBox is bundled: as a package of its own it takes a third of a second or more to
 * load. Its default export would bring all of it; `import * as Type` brings what is used.
 */
const common: Options = {
  format: 'esm',
  target: 'node20.19',
  noExternal: ['typebox'],
  esbuildPlugins: [bundledLicences('dist/LICENSES.txt')],
};

/** Each its own bundle of what they share: the library runs where there is no node:module, which the command line needs. */
export default defineConfig(async () => {
  await rm('dist', { recursive: true, force: true });
  return [
    {
      ...common,
      entry: {
        index: 'src/index.ts',
        node: 'adapters/http/node.ts',
        express: 'adapters/http/express.ts',
        koa: 'adapters/http/koa.ts',
        fastify: 'adapters/http/fastify.ts',
        fetch: 'adapters/http/fetch.ts',
        inspector: 'src/inspector/index.ts',
        'stores/postgres': 'adapters/stores/postgres/store.ts',
        'stores/redis': 'adapters/stores/redis/store.ts',
        'stores/sqlite': 'adapters/stores/sqlite/store.ts',
        'reports/ndjson': 'adapters/reports/ndjson.ts',
        'reports/post': 'adapters/reports/post.ts',
        testing: 'src/testing/index.ts',
      },
      dts: true, // TypeBox's types stay its own
    },
    {
      ...common,
      entry: { cli: 'apps/cli/cli.ts' },
      // pino and prom-client are bundled too. They are CommonJS, and call require for what is built into Node.
      banner: {
        js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
      },
    },
  ];
});
