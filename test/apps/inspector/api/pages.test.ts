import { describe, expect, it } from 'vitest';
import {
  withNewestCalls,
  withNewestSessions,
  withOlderCalls,
  withOlderSessions,
} from '../../../../apps/inspector/api/pages.ts';
import type { RejectedCall, SessionSummary } from '../../../../src/inspector/api.ts';

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
    const next = withNewestSessions(known, { sessions: [6, 5].map(session), cursor: 'after 5' });
    expect(sids(next)).toBe('s6 s5 s4 s3 s2');
    expect(next.cursor).toBe('after 2');
  });

  it('drop what the first page should hold and does not', () => {
    expect(sids(withNewestSessions(known, { sessions: [5, 3].map(session), cursor: 'after 3' }))).toBe('s5 s3 s2');
    expect(sids(withNewestSessions(known, { sessions: [session(5)] }))).toBe('s5');
  });

  it('grow by older ones, each once', () => {
    expect(sids(withOlderSessions(known, { sessions: [2, 1].map(session) }))).toBe('s5 s4 s3 s2 s1');
    expect(withOlderSessions(known, { sessions: [] })).not.toHaveProperty('cursor');
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
