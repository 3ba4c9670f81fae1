import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url));

/** As an app would have it, but for what Next itself would do to requests before a route sees them. */
const CONFIG = `export default {
  basePath: '/base',
  compress: false,
  skipTrailingSlashRedirect: true,
  turbopack: { root: '/' }, // the modules are elsewhere
};`;

const route = (runtime: string) => `import worker from './worker.js';
const handler = (request) => worker.fetch(request);
export {
  handler as DELETE, handler as GET, handler as HEAD, handler as OPTIONS, handler as PATCH, handler as POST, handler as PUT,
};
export const runtime = '${runtime}';`;

/**
 * Builds an app of Next that has a bundle as the route of all its paths, beside the bundle.
 *
 * @returns The command that serves it.
 */
export function buildNext(bundle: string, runtime: 'nodejs' | 'edge', port: number): readonly [string, ...string[]] {
  const app = mkdtempSync(join(dirname(bundle), 'next-'));
  const folder = join(app, 'app/[[...path]]');
  mkdirSync(folder, { recursive: true });
  copyFileSync(bundle, join(folder, 'worker.js'));
  writeFileSync(join(folder, 'route.js'), route(runtime));
  writeFileSync(join(app, 'next.config.mjs'), CONFIG);
  writeFileSync(join(app, 'package.json'), '{ "type": "module" }');
  symlinkSync(modules, join(app, 'node_modules'));
  const next = createRequire(import.meta.url).resolve('next/dist/bin/next');
  const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' } as const;
  execFileSync(process.execPath, [next, 'build', app], { env, stdio: 'ignore' });
  return [process.execPath, next, 'start', app, '--port', String(port), '--hostname', '127.0.0.1'];
}
