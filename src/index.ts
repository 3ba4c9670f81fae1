export { type BodyFault, BodyUnreadable, type Call, type Handler } from './call.ts';
export { type Collector, createCollector } from './collector.ts';
export type { CorsOptions } from './cors.ts';
export type { EventStored, SessionDeps, SessionStarted } from './handlers/deps.ts';
export { handleDownloaded } from './handlers/downloaded.ts';
export { handleSchema } from './handlers/schema.ts';
export { handleSessionEvent } from './handlers/session-event.ts';
export { handleSessionStart, type StartRequest } from './handlers/session-start.ts';
export type { CollectorOptions, Failure, Hook, Rejection, SessionClosed } from './options.ts';
export { advance, DEFAULT_TIMEOUTS, type Timeouts } from './session/lifecycle.ts';
export { type MemoryStoreOptions, memoryStore } from './session/memory-store.ts';
export type { CloseReason, MediaSession, StoredEvent } from './session/session.ts';
export {
  type Appended,
  type SessionPage,
  type SessionQuery,
  type SessionStore,
  StoreUnavailable,
} from './session/store.ts';
export { EVENT_TYPES, type EventType } from './wire/event-types.ts';
export type { EventOf, MediaEvent, PlayerTime, SessionStartEvent } from './wire/events.ts';
export type { ValidationMode } from './wire/field.ts';
export type { Problem, Problems } from './wire/problems.ts';
export type { ErrorBody, Reply } from './wire/replies.ts';
export { schemas } from './wire/schemas.ts';
export { createValidator, type Validation, type Validator } from './wire/validate.ts';
