import assert from 'node:assert/strict';
import { allEvents } from '../../../src/session/event-pages.ts';
import type { SessionStore } from '../../../src/session/store.ts';
import { eventually } from '../eventually.ts';
import type { Acknowledged } from './load-generator.ts';
import { openStore } from './open-store.ts';

/** How many sessions are read at a time. */
const READERS = 20;

/** Asserts that a store has all that was acknowledged, and nothing twice. */
export async function assertStored(store: SessionStore, { events }: Acknowledged): Promise<void> {
  assert.ok(events.size > 0, 'no session was acknowledged');
  const left = [...events];
  await Promise.all(Array.from({ length: READERS }, checkLeft));

  async function checkLeft(): Promise<void> {
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      const [sid, acknowledged] = next;
      const stored = (await eventually(() => allEvents(store, sid))) ?? []; // a busy machine may be too slow
      const notes = stored.map(({ event }) => event.customMetadata?.['note']);
      assert.equal(new Set(notes).size, notes.length, `${sid} has an event twice`);
      const lost = acknowledged.filter((note) => !notes.includes(note));
      assert.deepEqual(lost, [], `${sid} lost events`);
    }
  }
}

/** Opens a store to assert that it has all that was acknowledged, and more if `assertMore` is given. */
export async function assertStoredAt(
  kind: string,
  location: string,
  acknowledged: Acknowledged,
  assertMore?: (store: SessionStore) => Promise<void>,
): Promise<void> {
  const { store, close } = await openStore(kind, location);
  await assertStored(store, acknowledged);
  await assertMore?.(store);
  await close();
}
