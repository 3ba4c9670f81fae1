import { describe, expect, it } from 'vitest';
import { withNewest, withNewestCalls, withOlder, withOlderCalls } from '../../../apps/inspector/api/pages.ts';
import { pollDelay } from '../../../apps/inspector/api/poll-delay.ts';
import { mountOf, parseRoute, sessionLink } from '../../../apps/inspector/route.ts';
import type { RejectedCall, SessionSummary } from '../../../src/inspector/api.ts';

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

describe('pages of rejected calls', () => {
  const calls = (from: number, count: number) =>
    Array.from({ length: count }, (_, at) => ({ id: from - at }) as RejectedCall);
  const page = (from: number, count: number) => ({ rejections: calls(from, count), cursor: String(from - count + 1) });
  const ids = ({ rejections }: { rejections: readonly RejectedCall[] }) => rejections.map(({ id }) => id);

  it('hold the first page alone, however many come, until somebody asks for more', () => {
    expect(ids(withNewestCalls(page(9, 3), page(10, 3), 3))).toEqual([10, 9, 8]);
  });

  it('keep the older ones that were asked for', () => {
    const known = withOlderCalls(page(9, 3), page(6, 3));
    const next = withNewestCalls(known, page(10, 3), 3);
    expect(ids(next)).toEqual([10, 9, 8, 7, 6, 5, 4]);
    expect(next.cursor).toBe('4');
  });

  it('have no hole where many came at once, and no more than the server keeps', () => {
    const known = withOlderCalls(page(9, 3), page(6, 3));
    expect(ids(withNewestCalls(known, page(20, 3), 3))).toEqual([20, 19, 18]);
    expect(ids(withNewestCalls(page(600, 500), page(610, 50), 50))).toHaveLength(500);
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
