import { withTimeout } from '../../../../src/common/timeout.ts';
import type { SessionStore } from '../../../../src/session/store.ts';
import type { ObserveOperation } from '../store/timed-store.ts';
import type { TextReply } from './text-page.ts';

/** Whether a server can do its work: whether its store answers, and keeps what it is given. */
export interface Health {
  check(): Promise<TextReply>;
  readonly observeStore: ObserveOperation;
}

/** How long the store may take to answer, in milliseconds: those who ask for the health wait no longer. */
const STORE_TIMEOUT = 1_500;
/** An id that no session has. */
const UNKNOWN_SID = 'healthz';
/** What a store that can only be read fails at. Closes are claimed all the time, so that it is seen to recover. */
const WRITES: ReadonlySet<keyof SessionStore> = new Set(['create', 'append', 'claimClosed', 'settle']);

const HEALTHY: TextReply = { status: 200, text: 'The store answers.\n' };
/** The texts of what is wrong name no machine and no reason: anyone may ask. */
const UNREACHABLE: TextReply = { status: 503, text: 'The store does not answer; the log says why.\n' };
const READ_ONLY: TextReply = { status: 503, text: 'The store answers, and keeps nothing; the log says why.\n' };
const STOPPING: TextReply = { status: 503, text: 'The server is stopping.\n' };

export function createHealth(store: SessionStore, isStopping: () => boolean): Health {
  let underWay: Promise<TextReply> | undefined;
  let lastWriteFailed = false;

  async function askStore(): Promise<TextReply> {
    try {
      await withTimeout(STORE_TIMEOUT, store.get(UNKNOWN_SID), 'The store is too slow');
      return lastWriteFailed ? READ_ONLY : HEALTHY;
    } catch {
      return UNREACHABLE;
    }
  }

  return {
    async check() {
      if (isStopping()) return STOPPING;
      underWay ??= askStore().finally(() => {
        underWay = undefined;
      });
      return underWay;
    },

    observeStore(operation, _seconds, failed) {
      if (WRITES.has(operation)) lastWriteFailed = failed;
    },
  };
}
