import { describe, expect, it } from 'vitest';
import { mountOf, parseRoute, sessionLink } from '../../../apps/inspector/route.ts';

describe('the address', () => {
  it('leads to a session and back, whatever its id', () => {
    expect(parseRoute(sessionLink('a/b %?#'))).toEqual({ page: 'session', sid: 'a/b %?#' });
  });

  it.each(['', '#/', '#/nonsense', '#/sessions/', '#token=x'])('is the overview otherwise: %s', (hash) => {
    expect(parseRoute(hash)).toEqual({ page: 'overview' });
  });

  it('survives a stray percent sign', () => {
    expect(parseRoute('#/sessions/100%')).toEqual({ page: 'session', sid: '100%' });
  });

  it('tells where the inspector is mounted', () => {
    expect([mountOf('/inspect'), mountOf('/inspect/'), mountOf('/')]).toEqual(['/inspect/', '/inspect/', '/']);
  });
});
