import { withTimeout } from '../../../../src/common/timeout.ts';
import type { SessionStore } from '../../../../src/session/store.ts';
import type { ObserveOperation } from '../store/timed-store.ts';
import type { TextReply } from './routes.ts';

/** Whether this server can do its work: whether its store answers, and takes what it is given. */
export interface Health {
  check(): Promise<TextReply>;
  readonly storeUsed: ObserveOperation;
}

/** How long the store may take to answer, in milliseconds; who asks for the health waits no longer. */
const STORE_TIMEOUT = 1_500;
/** Any id that no session has. */
const NOBODY = 'healthz';
/** What a store that can only be read fails at. Closes are claimed all the time, so that it is seen to recover. */
const WRITES: ReadonlySet<keyof SessionStore> = new Set(['create', 'append', 'claimClosed', 'settle']);

/** Both texts name no machine and no reason: anyone may ask. */
const AWAY: TextReply = { status: 503, text: 'The store does not answer; the log says why.\n' };
const UNWRITABLE: TextReply = { status: 503, text: 'The store answers, and keeps nothing; the log says why.\n' };

export function healthOf(store: SessionStore, isStopping: () => boolean): Health {
  let asking: Promise<TextReply> | undefined;
  let lastWriteFailed = false;

  async function ask(): Promise<TextReply> {
    try {
      await withTimeout(STORE_TIMEOUT, store.get(NOBODY), 'The store is too slow');
      return lastWriteFailed ? UNWRITABLE : { status: 200, text: 'The store answers.\n' };
    } catch {
      return AWAY;
    }
  }

  return {
    async check() {
      if (isStopping()) return { status: 503, text: 'The server is stopping.\n' };
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return asking;
    },

    storeUsed(operation, _seconds, failed) {
      if (WRITES.has(operation)) lastWriteFailed = failed;
    },
  };
}
