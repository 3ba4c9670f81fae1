import { rm } from 'node:fs/promises';
import { defineConfig, type Options } from 'tsup';
import { bundledLicences } from './scripts/bundled-licences.ts';
import { ENTRIES } from './scripts/entries.ts';

/**
 * What both builds have in common. TypeBox is bundled: as a package of its own it takes a third of a second or more to
 * load. Its default export would bring all of it; `import * as Type` brings what is used.
 */
const common: Options = {
  format: 'esm',
  target: 'node20.19',
  noExternal: ['typebox'],
  dts: false, // scripts/build-types.ts
  esbuildPlugins: [bundledLicences('dist/LICENSES.txt')],
};

/** Each its own bundle of what they share: the library runs where there is no node:module, which the command line needs. */
export default defineConfig(async () => {
  await rm('dist', { recursive: true, force: true });
  return [
    { ...common, entry: { ...ENTRIES } },
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
