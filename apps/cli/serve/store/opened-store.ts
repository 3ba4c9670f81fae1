import type { SessionStore } from '../../../../src/session/store.ts';

/** A store that was opened, with its connections. */
export interface OpenedStore {
  readonly store: SessionStore;
  /** What messages call it. It holds no password. */
  readonly name: string;
  /** Whether what it keeps outlives this process. */
  readonly isPersistent: boolean;
  /** Keeps all that is under way, and ends the connections. */
  close(): Promise<void>;
}

/** The option that all stores have: how long a closed session is remembered, in milliseconds. */
export interface Retention {
  readonly retention?: number;
}
