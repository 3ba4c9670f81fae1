import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSession } from '../../../src/testing/conformance/checks.ts';
import { conformance } from '../../../src/testing/conformance/conformance.ts';
import { start } from '../../../src/testing/conformance/samples.ts';
import { eventually } from '../../support/eventually.ts';
import { bundleWorker } from '../../support/runtimes/bundle.ts';
import { type RemoteServing, RUNTIMES, serveIn } from '../../support/runtimes/remote.ts';

let folder: string;
let bundle: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'media-sessions-'));
  bundle = join(folder, 'worker.js');
});
afterAll(() => rm(folder, { recursive: true }));

describe('the bundle of a Worker', () => {
  const example = new URL('../../../examples/worker.ts', import.meta.url);

  it('imports nothing, and knows nothing of Node', async () => {
    const outfile = join(folder, 'example.js');
    const { metafile } = await bundleWorker(example, outfile);
    expect(Object.values(metafile.outputs).flatMap(({ imports }) => imports)).toEqual([]);
    expect(await readFile(outfile, 'utf8')).not.toMatch(/["']node:|\bBuffer\b|\bprocess\./);

    const { default: worker } = (await import(outfile)) as typeof import('../../../examples/worker.ts');
    const request = new Request('https://tracking.example/api/v1/sessions', {
      method: 'POST',
      body: JSON.stringify(start),
    });
    expect((await worker.fetch(request, {}, { waitUntil() {} })).status).toBe(201);
  });
});

const missing = RUNTIMES.filter(({ installed }) => !installed).map(({ name }) => name);
if (missing.length > 0) {
  const packages = 'bun deno workerd next react react-dom';
  console.warn(`Not tested on ${missing.join(', ')}: too large to install for everyone. npm i --no-save ${packages}`);
}

for (const runtime of RUNTIMES.filter(({ installed }) => installed)) {
  describe(`fetch on ${runtime.name}`, { tags: ['long'] }, () => {
    let serving: RemoteServing;
    beforeAll(async () => {
      await bundleWorker(new URL('../../support/runtimes/worker.ts', import.meta.url), bundle);
      serving = await serveIn(runtime, bundle);
    });
    afterAll(() => serving.stop());

    conformance(it, () => serving, { edge: true });

    it(`runs where code may ${runtime.forbidsCode ? 'not ' : ''}be generated`, async () => {
      expect(await serving.ask('generatesCode')).toBe(!runtime.forbidsCode);
    });

    it('runs hooks to their end after the response, and finds closed sessions', async () => {
      const hooks = () => serving.ask('hooks');
      await serving.send({ path: '/api/v1/downloaded', body: '{}' });
      await eventually(async () => expect(await hooks()).toContain('400 /api/v1/downloaded'));

      const sid = await startSession(serving);
      await eventually(async () => expect(await hooks()).toContain(`start ${sid}`));

      await serving.advance(600_000);
      await eventually(async () => expect(await hooks()).toContain(`close ${sid}`));
    });
  });
}
