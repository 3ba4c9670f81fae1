import { type BuildResult, build } from 'esbuild';

/** Bundles the Worker as its tools do: for a platform that has nothing of Node, so that importing any of it fails. */
export function bundleWorker(outfile: string): Promise<BuildResult<{ metafile: true }>> {
  return build({
    entryPoints: [new URL('worker.ts', import.meta.url).pathname],
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
