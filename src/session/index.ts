export { CodedError } from '../common/coded-error.ts';
export type { MaybePromise } from '../common/maybe-promise.ts';
export type { MediaEvent } from '../wire/events.ts';
export { type EventRecord, recordOf } from './event-record.ts';
export { type AppendRule, admit, advanceSession, DEFAULT_TIMEOUTS, isOpen, type Timeouts } from './lifecycle.ts';
export type { CloseReason, EdgeOrigin, MediaSession, NewEvent, StoredEvent } from './session.ts';
export { isSessionId, requireSessionId } from './session-id.ts';
export { foreignCursor, isInState, placeOfCursor } from './session-query.ts';
export {
  type AppendResult,
  type EventRange,
  isStoreUnavailable,
  type SessionPage,
  type SessionQuery,
  type SessionStore,
  StoreUnavailable,
} from './store.ts';
export { type RunOperation, wrapStore } from './wrap-store.ts';
