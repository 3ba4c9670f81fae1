import assert from 'node:assert/strict';
import type { SessionStore } from '../../../src/session/store.ts';
import { eventually } from '../eventually.ts';
import type { Acknowledged } from './load-generator.ts';

/** Asserts that all that was acknowledged is there, and nothing twice. */
export async function assertStored(store: SessionStore, ...all: readonly Acknowledged[]): Promise<void> {
  for (const { events } of all) {
    assert.ok(events.size > 0, 'no session was acknowledged');
    const waiting = [...events];
    await Promise.all(Array.from({ length: 20 }, checkRest));

    async function checkRest(): Promise<void> {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        const [sid, acknowledged] = next;
        const stored = (await eventually(() => store.events(sid))) ?? []; // a busy machine may be too slow
        const notes = stored.map(({ event }) => event.customMetadata?.['note']);
        assert.equal(new Set(notes).size, notes.length, `${sid} has an event twice`);
        const lost = acknowledged.filter((note) => !notes.includes(note));
        assert.deepEqual(lost, [], `${sid} lost events`);
      }
    }
  }
}
