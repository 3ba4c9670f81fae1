import { isStoreUnavailable, StoreUnavailable } from '../../../src/session/store.ts';

/** The codes of Redis that say a script is wrong; all others say that the server cannot run it now. */
const PERMANENT = new Set(['ERR', 'WRONGTYPE', 'CROSSSLOT', 'NOSCRIPT']);

/** Reads the code of an error that Redis answered with: `NOSCRIPT` and the like. */
export function redisCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  // Before Redis 7 the code of what a script called stands within the message.
  const [, code] =
    /^(?:ERR Error running script|@user_script).*: -([A-Z]{3,}) /.exec(error.message) ??
    /^([A-Z]{3,}) /.exec(error.message) ??
    [];
  return code;
}

/** Makes of a failure what the store rejects with: `StoreUnavailable` when it may pass. */
export function toStoreError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof TypeError || isStoreUnavailable(error)) return error;
  const code = redisCode(error);
  if (code !== undefined && PERMANENT.has(code)) return error;
  return new StoreUnavailable(`Redis cannot be used now: ${error.message || error.constructor.name}`, { cause: error });
}
