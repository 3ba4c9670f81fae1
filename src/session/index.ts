export { CodedError } from '../common/coded-error.ts';
export type { MaybePromise } from '../common/maybe-promise.ts';
export type { MediaEvent } from '../wire/events.ts';
export { advanceSession, DEFAULT_TIMEOUTS, isOpen, type Timeouts } from './lifecycle.ts';
export type { CloseReason, EdgeOrigin, MediaSession, StoredEvent } from './session.ts';
export { isSessionId, requireSessionId } from './session-id.ts';
export { foreignCursor, isInState, placeOfCursor } from './session-query.ts';
export {
  type AppendResult,
  isStoreUnavailable,
  type NewEvent,
  type SessionPage,
  type SessionQuery,
  type SessionStore,
  StoreUnavailable,
} from './store.ts';
export { type RunOperation, wrapStore } from './wrap-store.ts';
