import { expect, it } from 'vitest';
import { EDGE_RECORDINGS, expectedStatus, replayEdge } from '../../support/edge-recordings.ts';
import { describeHosts } from '../../support/hosts/describe-hosts.ts';
import { serveHost } from '../../support/hosts/serve-host.ts';

describeHosts((host) => {
  it.each(EDGE_RECORDINGS)('answers $name from start to end, and keeps what was sent', async (recording) => {
    const serving = await serveHost(host, { edge: true });
    try {
      const sids = await replayEdge(recording, serving, (request, { status, body }) => {
        expect(status, body).toBe(expectedStatus(request));
        expect(body?.startsWith('\0') ?? false).toBe(status === 200 && /android|ios/.test(recording.name));
      });
      const { sessions } = await serving.collector.sessions();
      expect(sessions.map(({ sid }) => sid).sort()).toEqual([...sids].sort());

      const kept = await Promise.all(sids.map((sid) => serving.collector.events(sid)));
      const sent = recording.requests.filter((request) => expectedStatus(request) !== 400).map(({ body }) => body);
      expect(kept.flat()).toHaveLength(sent.map(countEvents).reduce((sum, count) => sum + count, 0));
    } finally {
      await serving.stop();
    }
  });
});

/** How many events of the Media Collection API a body is. */
function countEvents(body: unknown): number {
  const { xdm } = (body as { events: { xdm?: { eventType: string; mediaCollection?: object } }[] }).events[0] ?? {};
  if (!xdm?.eventType.startsWith('media.')) return 0;
  const { statesStart = [], statesEnd = [] } = (xdm.mediaCollection ?? {}) as Record<string, readonly object[]>;
  return xdm.eventType === 'media.statesUpdate' ? statesStart.length + statesEnd.length : 1;
}
