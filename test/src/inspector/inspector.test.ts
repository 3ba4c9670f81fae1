import { describe, expect, it, vi } from 'vitest';
import type { Totals } from '../../../src/inspector/api.ts';
import { createInspector } from '../../../src/inspector/inspector.ts';
import { memoryStore } from '../../../src/memory-store/memory-store.ts';
import { StoreUnavailable } from '../../../src/session/store.ts';
import { inspected } from '../../support/inspector/inspect.ts';

describe('access', () => {
  const authorize = vi.fn((call: { header(name: string): string | undefined }) =>
    Promise.resolve(call.header('authorization') === 'Bearer secret'),
  );
  const paths = [
    '/api/sessions',
    '/api/sessions/x',
    '/api/sessions/x/events',
    '/api/rejections',
    '/api/totals',
    '/api/viewers',
  ];

  it.each(paths)('to %s is rejected without leave', async (path) => {
    const { inspect } = inspected({}, { authorize });
    const { status, headers } = await inspect(path);
    expect([status, headers['WWW-Authenticate']]).toEqual([401, 'Bearer']);
    expect((await inspect(path, { headers: { authorization: 'Bearer secret' } })).status).not.toBe(401);
  });

  it('to starting over is rejected without leave', async () => {
    const { inspect, post, read } = inspected({}, { authorize: ({ method }) => method === 'GET' });
    await post('/api/v1/sessions', {});
    expect((await inspect('/api', { method: 'DELETE' })).status).toBe(401);
    expect((await read<Totals>('/api/totals')).rejected).toBe(1);
  });

  it('to the page, which holds nothing, is free', async () => {
    expect((await inspected({}, { authorize }).inspect('/')).status).toBe(200);
  });

  it('is rejected when the host fails to tell', async () => {
    const onError = vi.fn();
    const error = new Error('no directory');
    const { inspect } = inspected({}, { authorize: () => Promise.reject(error), onError });
    expect((await inspect('/api/totals')).status).toBe(500);
    expect(onError).toHaveBeenCalledWith({ error, during: 'inspector' });
  });
});

describe('the inspector', () => {
  it('serves its page under a policy that lets nothing else run', async () => {
    const { status, headers, body } = await inspected().inspect('/');
    expect([status, headers['Content-Type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(headers['Content-Security-Policy']).toContain("default-src 'none'");
    expect(headers['Content-Security-Policy']).not.toContain('unsafe');
    expect(body).toContain('<!doctype html>');
  });

  it.each(['/nothing', '/api/nothing', '/api/sessions/a/b', '/api//'])('lists its endpoints at %s', async (path) => {
    const { status, body = '' } = await inspected().inspect(path);
    expect(status).toBe(404);
    expect(JSON.parse(body).message).toContain('GET, HEAD /api/sessions/{sid}/events');
  });

  it.each([
    ['POST', '/api/sessions', 'GET, HEAD'],
    ['GET', '/api', 'DELETE'],
    ['DELETE', '/api/sessions', 'GET, HEAD'],
    ['OPTIONS', '/api/totals', 'GET, HEAD'],
  ])('answers 405 to %s %s, and what there is to ask', async (method, path, allowed) => {
    const { status, headers, body = '' } = await inspected().inspect(path, { method });
    expect([status, headers['Allow']]).toEqual([405, allowed]);
    expect(JSON.parse(body).message).toMatch(/ GET, HEAD \/api\/sessions;/);
  });

  it.each([
    ['/api/sessions?state=ended', 'state must be open or closed'],
    ['/api/sessions?limit=0', 'limit must be a whole number from 1 to 200'],
    ['/api/sessions?limit=1e2', 'limit must be a whole number from 1 to 200'],
    ['/api/sessions?cursor=nonsense', 'cursor must be the cursor of the page before'],
    ['/api/rejections?cursor=-1', 'cursor must be a whole number from 1 to 1000000000000000'],
    ['/api/sessions/x/events?from=a', 'from must be a whole number from 0 to 1000000000'],
  ])('says what is wrong with %s', async (target, message) => {
    const { status, body = '' } = await inspected().inspect(target);
    expect([status, JSON.parse(body)]).toEqual([400, { message }]);
  });

  it.each(['/', '/api/sessions', '/api/rejections', '/api/totals', '/api/viewers'])(
    'does not send %s again while it is the same',
    async (path) => {
      const { inspect, start: startSession, post, advance } = inspected();
      const { headers } = await inspect(path);
      const again = () => inspect(path, { headers: { 'if-none-match': headers['ETag'] ?? '' } });
      expect(await again()).toMatchObject({ status: 304, headers: { ETag: headers['ETag'] } });
      await startSession();
      await post('/api/v1/sessions', {});
      advance(5000);
      expect((await again()).status).toBe(path === '/' ? 304 : 200);
    },
  );

  it.each([
    [new StoreUnavailable('away'), 503],
    [new Error('bug'), 500],
  ])('answers %s of the store with %i', async (error, status) => {
    const onError = vi.fn();
    const store = { ...memoryStore(), list: () => Promise.reject(error) };
    const { inspect } = inspected({ store }, { onError });
    expect((await inspect('/api/sessions')).status).toBe(status);
    expect((await inspect('/api/viewers')).status).toBe(status);
    expect(onError).toHaveBeenCalledWith({ error, during: 'inspector' });
  });

  it.each([
    [undefined, 'createInspector: give it a collector, { collector }'],
    [{}, 'createInspector: give it a collector, { collector }'],
    [{ collector: {}, path: '/a' }, 'createInspector: give it a collector, { collector }'],
  ])('cannot be made of %o', (options, message) => {
    expect(() => createInspector(options as never)).toThrow(new TypeError(message));
  });

  it('cannot be made with an option it does not know, such as a misspelt authorize', () => {
    const misspelt = { authorise: () => false };
    expect(() => inspected({}, misspelt as never)).toThrow(
      new TypeError('createInspector: there is no option authorise; the options are collector, authorize, onError'),
    );
  });

  it('cannot be made with an onError that is no function', () => {
    expect(() => inspected({}, { onError: 'x' as never })).toThrow('createInspector: onError must be a function');
  });
});
