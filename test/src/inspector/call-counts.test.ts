import { describe, expect, it } from 'vitest';
import type { RejectionList, SessionDetail, SessionList, Totals } from '../../../src/inspector/api.ts';
import { events } from '../../../src/testing/conformance/samples.ts';
import { eventsPath, inspected, NOW } from '../../support/inspector/inspect.ts';

describe('totals', () => {
  it('are true at once when a player has its answer', async () => {
    const { start: startSession, post, read } = inspected();
    const sid = await startSession();
    await post(eventsPath(sid), events.play);
    await post(eventsPath(sid), {});
    expect(await read<Totals>('/api/totals')).toEqual({ total: 3, accepted: 2, rejected: 1, since: NOW });
  });

  it('start over on DELETE, and so do rejected calls and the list', async () => {
    const { start: startSession, post, inspect, read, advance } = inspected();
    const old = await startSession();
    await post('/api/v1/sessions', {});
    advance(10);
    expect((await inspect('/api', { method: 'DELETE' })).status).toBe(204);
    const sid = await startSession();
    expect(await read<Totals>('/api/totals')).toEqual({ total: 1, accepted: 1, rejected: 0, since: NOW + 10 });
    expect((await read<RejectionList>('/api/rejections')).rejections).toEqual([]);
    expect((await read<SessionList>('/api/sessions')).sessions.map(({ sid }) => sid)).toEqual([sid]);
    expect((await read<SessionDetail>(`/api/sessions/${old}`)).session.sid).toBe(old); // what is stored stays stored
  });
});
