import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
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

/** The most bytes that are downloaded with the package. CONTRIBUTING.md says what they are. */
const MAX_PACKED_BYTES = 320_000;

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
});

afterAll(() => rmSync(consumer, { recursive: true, force: true }));

function run(command: string, args: readonly string[], cwd = consumer): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

describe('the packed package', () => {
  /** What TypeScript finds wrong in the program of a consumer. */
  function faults(module: string, resolution: string): string {
    const flags = ['--strict', '--noEmit', '--skipLibCheck', '--target', 'es2022', '--types', 'node'];
    const args = [...flags, '--module', module, '--moduleResolution', resolution, 'consumer.ts'];
    return run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '--ignoreConfig', ...args]);
  }

  it.each([
    ['Node', 'nodenext', 'nodenext'],
    ['a bundler', 'esnext', 'bundler'],
  ])('is typed for TypeScript that resolves as %s does', { tags: ['long'] }, (_, module, resolution) => {
    expect(faults(module, resolution)).toBe('');
  });

  it('runs in the program of a consumer', () => {
    expect(run(process.execPath, ['consumer.ts'])).toBe('consumed\n');
  });

  /** How many names each of some specifiers gives in a process that loads them with `import` or `require`. */
  function namesOf(load: 'import' | 'require', loaded: readonly string[]): Record<string, number> {
    const program = `(async () => {
      const counts = {};
      for (const each of ${JSON.stringify(loaded)}) counts[each] = Object.keys(await ${load}(each)).length;
      console.log(JSON.stringify(counts));
    })()`;
    return JSON.parse(run(process.execPath, ['--input-type=commonjs', '-e', program]));
  }

  it('is imported and required by each of its names', () => {
    const imported = namesOf('import', specifiers);
    expect(Object.entries(imported).filter(([, count]) => count === 0)).toEqual([]);
    expect(Object.keys(imported)).toEqual(specifiers);
    expect(namesOf('require', specifiers)).toEqual(imported);
  });

  it.each(specifiers)('is imported and required as %s alone', { tags: ['long'] }, (specifier) => {
    expect(namesOf('require', [specifier])).toEqual(namesOf('import', [specifier]));
  });

  it('has the command line that package.json names', () => {
    const { bin, version } = JSON.parse(
      readFileSync(join(consumer, 'node_modules/media-sessions/package.json'), 'utf8'),
    );
    expect(run(join(consumer, 'node_modules/media-sessions', bin), ['--version'])).toBe(`${version}\n`);
  });

  it('brings the licences of what is bundled in it', () => {
    const licences = readFileSync(join(consumer, 'node_modules/media-sessions/dist/LICENSES.txt'), 'utf8');
    for (const name of ['typebox', 'prom-client', 'preact', '@preact/signals', '@preact/signals-core'])
      expect(licences).toMatch(new RegExp(`^${name} [\\d.]+: `, 'm'));
  });

  it('has each module of others once, and of few packages', () => {
    const modules = built().flatMap((text) => [...new Set(text.match(/^\/\/ node_modules\/.+$/gm))]);
    expect(modules.filter((path, at) => modules.indexOf(path) !== at)).toEqual([]);
    const packages = modules.map((path) => path.replace(/^\/\/ node_modules\/((?:@[^/]+\/)?[^/]+).*$/, '$1'));
    expect([...new Set(packages)].sort()).toEqual(['bintrees', 'prom-client', 'tdigest', 'typebox']);
  });

  it("has the inspector's page once", () => {
    expect(built().filter((text) => text.includes('<title>Sessions inspector</title>'))).toHaveLength(1);
  });

  it('is no larger than it has to be: what is bundled is readable, which makes it larger than 200 kB', () => {
    expect(statSync(join(consumer, run('sh', ['-c', 'ls *.tgz']).trim())).size).toBeLessThan(MAX_PACKED_BYTES);
  });

  /** The JavaScript of the package, by file. */
  function built(): string[] {
    const folder = join(consumer, 'node_modules/media-sessions/dist');
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.js'))
      .map((name) => readFileSync(join(folder, name), 'utf8'));
  }

  it('brings nothing but what is built and what is to be read', () => {
    const files = run('tar', ['-tzf', run('sh', ['-c', 'ls *.tgz']).trim()])
      .trim()
      .split('\n');
    const others = files.filter((file) => !/^package\/(dist|examples|docs\/[a-z-]+\.md$)/.test(file)).sort();
    expect(others).toEqual(['package/CHANGELOG.md', 'package/LICENSE', 'package/README.md', 'package/package.json']);
  });
});
