import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = new URL('../../', import.meta.url).pathname;
const { exports: subpaths } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { exports: object };
const specifiers = Object.keys(subpaths)
  .filter((subpath) => subpath !== './package.json')
  .map((subpath) => subpath.replace(/^\./, 'media-sessions'));

/** What a consumer has beside the package: frameworks, drivers and types of its own. */
const NEIGHBOURS = ['express', 'koa', 'fastify', 'hono', 'pg', 'redis', 'typescript', '@types'];

let consumer: string;

beforeAll(() => {
  consumer = mkdtempSync(join(tmpdir(), 'consumer-'));
  const modules = join(consumer, 'node_modules');
  mkdirSync(join(modules, 'media-sessions'), { recursive: true });
  const [tarball] = JSON.parse(
    run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', consumer], root),
  );
  run('tar', ['-xzf', join(consumer, tarball.filename), '--strip-components=1', '-C', join(modules, 'media-sessions')]);
  for (const name of NEIGHBOURS) symlinkSync(join(root, 'node_modules', name), join(modules, name));
  writeFileSync(join(consumer, 'package.json'), '{ "type": "module" }');
  copyFileSync(join(root, 'test/package/consumer.ts'), join(consumer, 'consumer.ts'));
}, 60_000);

afterAll(() => rmSync(consumer, { recursive: true, force: true }));

function run(command: string, args: readonly string[], cwd = consumer): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

describe('the packed package', () => {
  it.each(['nodenext', 'bundler'])('is typed for TypeScript that resolves as %s', (resolution) => {
    const module = resolution === 'bundler' ? 'esnext' : resolution;
    const flags = ['--strict', '--noEmit', '--skipLibCheck', '--target', 'es2022', '--types', 'node'];
    const args = [...flags, '--module', module, '--moduleResolution', resolution, 'consumer.ts'];
    expect(run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '--ignoreConfig', ...args])).toBe('');
  });

  it('runs in the program of a consumer', () => {
    expect(run(process.execPath, ['consumer.ts'])).toBe('consumed\n');
  });

  it.each(specifiers)('is imported and required as %s', (specifier) => {
    const imported = run(process.execPath, [
      '-e',
      `import('${specifier}').then((all) => console.log(Object.keys(all).length))`,
    ]);
    const required = run(process.execPath, [
      '--input-type=commonjs',
      '-e',
      `console.log(Object.keys(require('${specifier}')).length)`,
    ]);
    expect(Number(imported)).toBeGreaterThan(0);
    expect(required).toBe(imported);
  });

  it('has the command line that package.json names', () => {
    const { bin, version } = JSON.parse(
      readFileSync(join(consumer, 'node_modules/media-sessions/package.json'), 'utf8'),
    );
    expect(run(join(consumer, 'node_modules/media-sessions', bin), ['--version'])).toBe(`${version}\n`);
  });

  it('brings the licences of what is bundled in it', () => {
    const licences = readFileSync(join(consumer, 'node_modules/media-sessions/dist/LICENSES.txt'), 'utf8');
    for (const name of ['typebox', 'pino', 'prom-client'])
      expect(licences).toMatch(new RegExp(`^${name} [\\d.]+: `, 'm'));
  });

  it('brings nothing but what is built and what is to be read', () => {
    const files = run('tar', ['-tzf', run('sh', ['-c', 'ls *.tgz']).trim()])
      .trim()
      .split('\n');
    const others = files.filter((file) => !/^package\/(dist|examples)\//.test(file)).sort();
    expect(others).toEqual(['package/CHANGELOG.md', 'package/LICENSE', 'package/README.md', 'package/package.json']);
  });
});
