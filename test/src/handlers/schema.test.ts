import { describe, expect, it } from 'vitest';
import { eventSchemas, handleSchema } from '../../../src/index.ts';

describe('handleSchema', () => {
  it('serves the schema of the mode, each with an id of its own', async () => {
    for (const mode of ['standard', 'strict', 'lenient'] as const) {
      const reply = await handleSchema('adStart', mode);
      expect(reply.status).toBe(200);
      expect(JSON.parse(reply.body ?? '')).toEqual(JSON.parse(JSON.stringify(eventSchemas[mode].adStart)));
      expect(JSON.parse(reply.body ?? '').$id).toBe(`urn:media-sessions:${mode}:adStart`);
    }
  });

  it('replies 304 to whom it is known', async () => {
    const etag = (await handleSchema('ping')).headers['ETag'] ?? '';
    expect(etag).toMatch(/^"[0-9a-f]{16}"$/);
    for (const known of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      expect(await handleSchema('ping', 'standard', known)).toEqual({ status: 304, headers: { ETag: etag } });
    }
    for (const other of ['"x"', '', etag.slice(1)]) {
      expect((await handleSchema('ping', 'standard', other)).status).toBe(200);
    }
    expect((await handleSchema('ping', 'strict', etag)).status).toBe(200);
  });

  it('replies 404 to any other name', async () => {
    for (const name of ['', 'Ping', '__proto__']) expect((await handleSchema(name)).status).toBe(404);
  });
});
