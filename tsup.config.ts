import { rm } from 'node:fs/promises';
import { defineConfig } from 'tsup';
import { bundledLicences } from './scripts/bundled-licences.ts';
import { ENTRIES } from './scripts/entries.ts';
import { requiredBuiltins } from './scripts/required-builtins.ts';

/**
 * One build of everything, so that the command line and the library share what they have in common. TypeBox is bundled:
 * as a package of its own it takes a third of a second or more to load. Its default export would bring all of it;
 * `import * as Type` brings what is used. pino and prom-client are bundled too, for the command line alone.
 */
export default defineConfig(async () => {
  await rm('dist', { recursive: true, force: true });
  return {
    entry: { ...ENTRIES, cli: 'apps/cli/cli.ts' },
    format: 'esm',
    target: 'node20.19',
    noExternal: ['typebox'],
    removeNodeProtocol: false, // its plugin would come before ours
    dts: false, // scripts/build-types.ts
    esbuildPlugins: [requiredBuiltins, bundledLicences('dist/LICENSES.txt')],
  };
});
