import assert from 'node:assert/strict';
import { createCollector } from '../../../src/collector/collector.ts';
import type { Call } from '../../../src/http/call.ts';
import { allEvents } from '../../../src/session/event-pages.ts';
import type { SessionStore } from '../../../src/session/store.ts';
import type { DeclareTest } from '../../../src/testing/store-contract/store-contract.ts';
import { eventsOf, RECORDINGS, type RecordedRequest } from '../recordings.ts';

/** Longer than any recording: one of them leaves out the pings of half an hour. In milliseconds. */
const DAY = 86_400_000;

/** Declares a test for each recording: what its player posted reads back from the store, in the order of arrival. */
export function replayRecordings(it: DeclareTest, useStore: () => SessionStore): void {
  for (const recording of RECORDINGS) {
    it(`keeps all of ${recording.name}`, async () => {
      const store = useStore();
      let now = 0;
      const collector = createCollector({ store, now: () => now, timeouts: { idle: DAY, stall: DAY } });
      const sids: string[] = [];
      for (const request of recording.requests) {
        now = 1_768_471_260_000 + request.atMs;
        const reply = await collector.handle(callOf(request, sids));
        if (reply?.status !== 201) continue;
        sids.push(reply.headers['Location']?.split('/')[4] ?? '');
      }
      const found = await Promise.all(sids.map((sid) => allEvents(store, sid)));
      const events = found.flatMap((stored = []) => stored.map(({ event }) => event));
      assert.deepEqual(sorted(events), sorted(eventsOf(recording)));
      await collector.close();
    });
  }
}

/** A recorded request as a call. `{sid}` stands for the first session of the recording, `{sid2}` for the second. */
function callOf({ method, path, headers, body }: RecordedRequest, sids: readonly string[]): Call {
  const concrete = path.replace(/\{sid(\d*)\}/, (_, number) => sids[Number(number || 1) - 1] ?? 'nobody');
  return {
    method,
    path: concrete,
    query: () => '',
    header: (name) => headers[name],
    body: async () => JSON.stringify(body),
  };
}

function sorted(events: readonly unknown[]): string[] {
  return events.map((event) => JSON.stringify(event)).sort();
}
