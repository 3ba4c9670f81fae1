import { describe, expect, it } from 'vitest';
import type { RejectionList } from '../../../src/inspector/api.ts';
import { edgeEvent } from '../../../src/testing/conformance/edge-samples.ts';
import { events } from '../../../src/testing/conformance/samples.ts';
import { eventsPath, inspected, NOW } from '../../support/inspector/inspect.ts';

describe('rejected calls', () => {
  it('are kept with their body and every reason', async () => {
    const { post, read } = inspected();
    const body = '{ "eventType": "sessionStart", "playerTime": { "playhead": "0", "ts": 1 } }';
    await post('/api/v1/sessions', body);
    const { rejections } = await read<RejectionList>('/api/rejections');
    expect(rejections).toEqual([
      {
        id: 1,
        at: NOW,
        method: 'POST',
        path: '/api/v1/sessions',
        status: 400,
        code: 'missing-field',
        message: 'Request had improper format.',
        errors: expect.arrayContaining([
          { path: '$.playerTime.playhead', reason: expect.any(String) },
          { path: '$.params', reason: expect.any(String) },
        ]),
        cause: {
          eventType: 'sessionStart',
          path: '$.params',
          got: 'nothing',
          expected: 'object',
          isSessionLost: true,
          sessionsLost: 1,
        },
        body,
      },
    ]);
  });

  it('are kept with what came when it was no JSON', async () => {
    const { post, read } = inspected();
    await post('/api/v1/sessions', '{"eventType":');
    expect((await read<RejectionList>('/api/rejections')).rejections[0]?.body).toBe('{"eventType":');
  });

  it('are listed newest first, page by page, also those of one session alone', async () => {
    const { start: startSession, post, read } = inspected();
    const sid = await startSession();
    for (let count = 0; count < 3; count++) {
      await post(eventsPath(sid), {});
      await post(eventsPath('another'), events.ping);
    }
    const first = await read<RejectionList>('/api/rejections?limit=4');
    expect(first.rejections.map(({ id, status }) => [id, status])).toEqual([
      [6, 404],
      [5, 400],
      [4, 404],
      [3, 400],
    ]);
    const rest = await read<RejectionList>(`/api/rejections?limit=4&cursor=${first.cursor}`);
    expect([rest.rejections.map(({ id }) => id), rest.cursor]).toEqual([[2, 1], undefined]);
    const own = await read<RejectionList>(`/api/rejections?sid=${sid}`);
    expect(own.rejections.map(({ id }) => id)).toEqual([5, 3, 1]);
  });

  it('are listed by session where the id of that is in the body, as by the Media Edge API', async () => {
    const { post, read } = inspected({ edge: true });
    for (const sid of ['a.b', 'axb']) await post('/ee/va/v1/play', { events: [edgeEvent('play', sid)] });
    const { rejections } = await read<RejectionList>('/api/rejections?sid=a.b');
    expect(rejections).toMatchObject([{ path: '/ee/va/v1/play', status: 404, code: 'unknown-session' }]);
  });

  it('take no more memory than is set aside, however long their bodies are', async () => {
    const { post, read } = inspected();
    const long = JSON.stringify({ eventType: 'x'.repeat(100_000) });
    for (let count = 0; count < 200; count++) await post('/api/v1/sessions', long);
    let kept = 0;
    let cursor: string | undefined = '';
    while (cursor !== undefined) {
      const page: RejectionList = await read(`/api/rejections?limit=200&cursor=${cursor}`);
      for (const { body, bodyLength } of page.rejections)
        expect([body?.length, bodyLength]).toEqual([65_536, long.length]);
      kept += page.rejections.length;
      cursor = page.cursor;
    }
    expect(kept).toBeGreaterThan(50);
    expect(kept * 65_536).toBeLessThan(8_100_000);
  });

  it('are answered with in less than 2 MB, however large their bodies are', async () => {
    const { post, inspect } = inspected();
    for (let count = 0; count < 40; count++) await post('/api/v1/sessions', '\u0001'.repeat(70_000));
    const { body = '' } = await inspect('/api/rejections?limit=200');
    expect(Buffer.byteLength(body)).toBeLessThan(2_000_000);
    const { rejections, cursor } = JSON.parse(body) as RejectionList;
    expect(rejections.length).toBeGreaterThan(1);
    expect(cursor).toBe(String(rejections.at(-1)?.id));
  });

  it('are kept with no more of a method than any has', async () => {
    const { collector, read } = inspected();
    const method = 'X'.repeat(50_000); // of HTTP/2, where it is any text
    const call = { method, path: '/api/v1/sessions', query: () => '', header: () => undefined, body: async () => '' };
    expect((await collector.handle(call))?.status).toBe(405);
    const { rejections } = await read<RejectionList>('/api/rejections');
    expect(rejections.map((rejected) => rejected.method.length)).toEqual([100]);
  });

  it('are kept without the body that a host parsed when it cannot be written as JSON', async () => {
    const { collector, read } = inspected();
    const body: Record<string, unknown> = {};
    body['itself'] = body;
    const call = { method: 'POST', path: '/api/v1/sessions', query: () => '', header: () => undefined };
    await collector.handle({ ...call, body: async () => body });
    expect((await read<RejectionList>('/api/rejections')).rejections[0]).toMatchObject({ status: 400, body: null });
  });
});
