import { fileURLToPath } from 'node:url';
import { type BuildResult, build } from 'esbuild';

/** Bundles a Worker as its tools do: for a platform that has nothing of Node, so that importing any of it fails. */
export function bundleWorker(entry: URL, outfile: string): Promise<BuildResult<{ metafile: true }>> {
  return build({
    entryPoints: [fileURLToPath(entry)],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    conditions: ['worker'],
    target: 'es2022',
    metafile: true,
    logLevel: 'silent',
  });
}
