export { type BodyFault, BodyUnreadable, type Call, type Handler, type WaitUntil } from './call.ts';
export { type Collector, createCollector } from './collector.ts';
export type { CorsOptions } from './cors.ts';
export type { EventStored, RequestContext, SessionDeps, SessionStarted } from './handlers/deps.ts';
export { handleDownloaded } from './handlers/downloaded.ts';
export { handleSchema } from './handlers/schema.ts';
export { handleSessionEvent } from './handlers/session-event.ts';
export { handleSessionStart } from './handlers/session-start.ts';
export type { Observer } from './observers.ts';
export type { CollectorOptions, Failure, Hook, Rejection, SessionClosed } from './options.ts';
export type { ReportOptions } from './report/analysis.ts';
export type {
  AdvertisingDetails,
  AdvertisingPodDetails,
  ChapterDetails,
  CustomMetadata,
  ReportedAd,
  ReportedChapter,
  SessionDetails,
} from './report/content-schema.ts';
export type { DiagnosticCode, Severity } from './report/diagnostic-table.ts';
export { type ExplainedEvent, type ExplainedInterval, type Explanation, explainReport } from './report/explain.ts';
export { sessionReport } from './report/report.ts';
export {
  type Diagnostic,
  type PlayerState,
  type QoeDataDetails,
  reportSchema,
  type SessionReport,
} from './report/report-schema.ts';
export type { PlayheadRange } from './report/unique-time.ts';
export { advance, DEFAULT_TIMEOUTS, type Timeouts } from './session/lifecycle.ts';
export { type MemoryStoreOptions, memoryStore } from './session/memory-store.ts';
export type { CloseReason, MediaSession, StoredEvent } from './session/session.ts';
export { type SessionLengths, sessionLengths } from './session/session-lengths.ts';
export {
  type Appended,
  type NewEvent,
  type SessionPage,
  type SessionQuery,
  type SessionStore,
  StoreUnavailable,
} from './session/store.ts';
export { EVENT_TYPES, type EventType } from './wire/event-types.ts';
export type { EventOf, MediaEvent, PlayerTime, SessionStartEvent } from './wire/events.ts';
export type { ValidationMode } from './wire/field.ts';
export type { Problem, ProblemKind, Problems } from './wire/problems.ts';
export type { ErrorBody, RefusalKind, Reply } from './wire/replies.ts';
export { schemas } from './wire/schemas.ts';
export { createValidator, type Validation, type Validator } from './wire/validate.ts';
