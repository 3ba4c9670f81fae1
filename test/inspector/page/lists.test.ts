import { describe, expect, it } from 'vitest';
import type { SessionSummary } from '../../../src/inspector/api.ts';
import { mountOf } from '../../../src/inspector/page/app/mount.ts';
import { pollDelay } from '../../../src/inspector/page/app/poll-delay.ts';
import { parseRoute, sessionLink } from '../../../src/inspector/page/app/route.ts';
import { withNewest, withOlder } from '../../../src/inspector/page/app/session-pages.ts';

function session(startedAt: number): SessionSummary {
  return {
    sid: `s${startedAt}`,
    state: 'open',
    startedAt,
    lastEventAt: startedAt,
    deadline: 0,
    mediaId: 'm',
  } as SessionSummary;
}

const sids = ({ sessions }: { sessions: readonly SessionSummary[] }) => sessions.map(({ sid }) => sid).join(' ');

describe('pages of sessions', () => {
  const known = { sessions: [5, 4, 3, 2].map(session), cursor: 'after 2' };

  it('keep what a newer session pushed off the first page, and where they go on', () => {
    const next = withNewest(known, { sessions: [6, 5].map(session), cursor: 'after 5' });
    expect(sids(next)).toBe('s6 s5 s4 s3 s2');
    expect(next.cursor).toBe('after 2');
  });

  it('drop what the first page should hold and does not', () => {
    expect(sids(withNewest(known, { sessions: [5, 3].map(session), cursor: 'after 3' }))).toBe('s5 s3 s2');
    expect(sids(withNewest(known, { sessions: [session(5)] }))).toBe('s5');
  });

  it('grow by older ones, each once', () => {
    expect(sids(withOlder(known, { sessions: [2, 1].map(session) }))).toBe('s5 s4 s3 s2 s1');
    expect(withOlder(known, { sessions: [] })).not.toHaveProperty('cursor');
  });
});

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

describe('polling', () => {
  it('is every second, rarer while the tab is hidden, and backs off while the server is away', () => {
    expect(pollDelay(0, false)).toBe(1000);
    expect(pollDelay(0, true)).toBe(15_000);
    expect([1, 2, 3, 4, 50].map((failures) => pollDelay(failures, false))).toEqual([2000, 4000, 8000, 10_000, 10_000]);
  });
});
