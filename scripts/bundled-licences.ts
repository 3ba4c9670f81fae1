import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * Writes the licences of all packages that are bundled into one file, as they ask of whoever passes them on. Several
 * builds may share the plugin. A build fails when it bundles a package that has no licence.
 *
 * @param others Packages that are in what is built without being seen: in a text, say.
 */
export function bundledLicences(file: string, others: readonly string[]): Plugin {
  const packages = new Set(others.map((name) => `node_modules/${name}`));
  return {
    name: 'bundled-licences',
    setup({ initialOptions, onEnd }) {
      initialOptions.metafile = true;
      onEnd(async ({ metafile }) => {
        for (const input of Object.keys(metafile?.inputs ?? {})) {
          const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? [];
          if (folder) packages.add(folder);
        }
        await mkdir(dirname(file), { recursive: true });
        await writeFile(
          file,
          [...packages]
            .sort()
            .map(licenceOf)
            .join(`\n${'-'.repeat(80)}\n\n`),
        );
      });
    },
  };
}

function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const found = readdirSync(folder).filter((each) => /^(licen[cs]e|notice)/i.test(each));
  if (found.length === 0 && !license) throw new Error(`${name} is bundled and has no licence`);
  const texts = found.map((each) => `${readFileSync(join(folder, each), 'utf8').trim()}\n`);
  return [`${name} ${version}: ${license}\n`, ...texts].join('\n');
}
