import { rm } from 'node:fs/promises';
import { defineConfig } from 'tsup';
import { bundledLicences } from './scripts/bundled-licences.ts';
import { ENTRIES } from './scripts/entries.ts';
import { requiredBuiltins } from './scripts/required-builtins.ts';
import { withoutOpenTelemetry } from './scripts/without-open-telemetry.ts';

/** What is bundled in the inspector's page, which this build has as a text. */
const INSPECTOR_PACKAGES = ['preact', '@preact/signals', '@preact/signals-core'];

/**
 * One build of everything, so that the command line and the library share what they have in common. TypeBox is bundled:
 * as a package of its own it takes a third of a second or more to load. Its default export would bring all of it;
 * `import * as Type` brings what is used. prom-client is bundled too, for the command line alone, without what it has for
 * OpenTelemetry. Nothing is minified, so that stacks name our functions.
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
    esbuildPlugins: [requiredBuiltins, withoutOpenTelemetry, bundledLicences('dist/LICENSES.txt', INSPECTOR_PACKAGES)],
  };
});
