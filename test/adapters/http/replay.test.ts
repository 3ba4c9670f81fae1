import { expect, it } from 'vitest';
import { memoryStore, type SessionStore } from '../../../src/index.ts';
import { describeHosts } from '../../support/hosts/describe-hosts.ts';
import { type Serving, serveHost } from '../../support/hosts/serve-host.ts';
import { RECORDINGS, type RecordedRequest, type Recording } from '../../support/recordings.ts';

/** How many requests a client has under way at once. The JavaScript SDK sends up to three. */
const IN_FLIGHT = { 'js-sdk': 3, mobile: 1 };

/** Milliseconds. One recording leaves out most pings, which in life came every ten seconds. */
const LONGEST_GAP = 300_000;

/** A memory store that notes the order in which the events of each session came. */
function witnessed(): { store: SessionStore; arrivals: Map<string, unknown[]> } {
  const store = memoryStore();
  const arrivals = new Map<string, unknown[]>();
  return {
    arrivals,
    store: {
      ...store,
      create(session, events) {
        arrivals.set(
          session.sid,
          events.map(({ event }) => event),
        );
        return store.create(session, events);
      },
      append(sid, events, rule) {
        for (const { event } of events) arrivals.get(sid)?.push(event);
        return store.append(sid, events, rule);
      },
    },
  };
}

/**
 * Plays a recording: in the recorded order, with the recorded concurrency, each session's events to the
 * id it was given. The recording's time passes on the collector's clock.
 */
async function replay(serving: Serving, { client, requests }: Recording): Promise<Map<string, string>> {
  const sids = new Map<string, string>(); // by the placeholder that the recording has
  const starts = requests.filter(({ path }) => path.endsWith('/sessions')).length;
  const underWay = new Set<Promise<void>>();

  const send = async ({ path, headers, body }: RecordedRequest) => {
    const placeholder = /\{sid\d*\}/.exec(path)?.[0] ?? '';
    const target = path.replace(placeholder, sids.get(placeholder) ?? placeholder);
    const answer = await serving.send({ path: target, headers, body: JSON.stringify(body) });
    expect(answer.status, answer.body).toBe(path.endsWith('/sessions') ? 201 : 204);
    if (path.endsWith('/sessions')) {
      sids.set(starts === 1 ? '{sid}' : `{sid${sids.size + 1}}`, answer.headers['location']?.split('/')[4] ?? '');
    }
  };

  let at = 0;
  for (const request of requests) {
    serving.advance(Math.min(request.atMs - at, LONGEST_GAP));
    at = request.atMs;
    if (underWay.size >= IN_FLIGHT[client]) await Promise.race(underWay);
    const sent = send(request).finally(() => underWay.delete(sent));
    underWay.add(sent);
    if (request.path.endsWith('/sessions')) await sent; // no client sends events before it has the id
  }
  await Promise.all(underWay);
  return sids;
}

describeHosts((host) => {
  it.each(RECORDINGS)('answers $name from start to end, and keeps what was sent', async (recording) => {
    const { store, arrivals } = witnessed();
    const serving = await serveHost(host, { store });
    try {
      const sids = await replay(serving, recording);
      const { sessions } = await serving.collector.sessions();
      expect(sessions.map(({ sid }) => sid).sort()).toEqual([...sids.values()].sort());

      for (const [placeholder, sid] of sids) {
        const kept = (await serving.collector.events(sid))?.map(({ event }) => event) ?? [];
        const own = recording.requests.filter(({ path }) => path.includes(placeholder)).map(({ body }) => body);
        const starts = recording.requests.filter(({ path }) => path.endsWith('/sessions'));
        const start = starts[[...sids.keys()].indexOf(placeholder)]?.body;
        expect(kept).toEqual(arrivals.get(sid));
        expect(sorted(kept)).toEqual(sorted([start].flat().concat(own)));
        if (recording.client === 'mobile') expect(kept).toEqual([start].flat().concat(own));
      }
    } finally {
      await serving.stop();
    }
  });
});

/** Requests under way together may arrive in any order. */
function sorted(events: readonly unknown[]): string[] {
  return events.map((event) => JSON.stringify(event)).sort();
}
