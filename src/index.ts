export type { SessionClosed } from './close-delivery/close-hook.ts';
export { type Collector, createCollector } from './collector/collector.ts';
export type { CorsOptions } from './collector/cors.ts';
export type { EdgeOptions } from './collector/edge-options.ts';
export type { Failure, Hook, Rejection } from './collector/hooks.ts';
export type { AnsweredEndpoint, CallAnswered, Observer } from './collector/observers.ts';
export type { CollectorOptions } from './collector/options.ts';
export type { RejectionCause } from './collector/rejection-cause.ts';
export type { SessionReader } from './collector/session-reader.ts';
export { CodedError } from './common/coded-error.ts';
export type { MaybePromise } from './common/maybe-promise.ts';
export type { EdgeEndpointName } from './edge/endpoints.ts';
export { EDGE_EVENT_TYPES, type EdgeEventType, type EdgeType } from './edge/event-types.ts';
export { type EdgeSchemas, edgeSchemas } from './edge/schema/schemas.ts';
export type { EventStored, RequestContext, SessionDeps, SessionStarted } from './handlers/deps.ts';
export { handleDownloaded } from './handlers/downloaded.ts';
export { handleSchema } from './handlers/schema.ts';
export { handleSessionEvent } from './handlers/session-event.ts';
export { handleSessionStart } from './handlers/session-start.ts';
export { type BodyFault, BodyUnreadable, type Call, type WaitUntil } from './http/call.ts';
export type { Handler } from './http/handler.ts';
export type { Reply } from './http/reply.ts';
export { type MemoryStoreOptions, memoryStore } from './memory-store/memory-store.ts';
export type { ReportOptions } from './report/analysis.ts';
export {
  type ExplainedEvent,
  type ExplainedInterval,
  type Explanation,
  type Explanations,
  explainReport,
} from './report/explain.ts';
export { sessionReport } from './report/report.ts';
export type { AdvertisingDetails, AdvertisingPodDetails, ReportedAd } from './report/schema/ad-schema.ts';
export type { ChapterDetails, ReportedChapter } from './report/schema/chapter-schema.ts';
export type { Diagnostic, DiagnosticCode, Severity } from './report/schema/diagnostic-schema.ts';
export type { CustomMetadata } from './report/schema/field-types.ts';
export type { QoeDataDetails } from './report/schema/qoe-schema.ts';
export { type PlayerState, reportSchema, type SessionReport } from './report/schema/report-schema.ts';
export type { SessionDetails } from './report/schema/session-details-schema.ts';
export type { PlayheadRange } from './report/timeline/viewed-ranges.ts';
export { type AppendRule, DEFAULT_TIMEOUTS, type SomeTimeouts, type Timeouts } from './session/lifecycle.ts';
export type { CloseReason, EdgeOrigin, MediaSession, NewEvent, StoredEvent } from './session/session.ts';
export type { AppendResult, EventRange, SessionPage, SessionQuery, SessionStore } from './session/store.ts';
export type { EndpointName } from './wire/endpoints.ts';
export { EVENT_TYPES, type EventType } from './wire/event-types.ts';
export type {
  EventOf,
  EventsByType,
  MediaEvent,
  PlayerTime,
  SessionStartEvent,
  StandardEvent,
  StandardEventOf,
  StandardEventsByType,
} from './wire/events.ts';
export type { CloseMode, ValidationMode } from './wire/field.ts';
export type { JsonSchema } from './wire/json-schema.ts';
export type { Mismatch, ReasonCode, ReasonList, Reasons, RejectionReason } from './wire/reasons.ts';
export type { ErrorBody, RejectionCode } from './wire/replies.ts';
export { type EventSchemas, eventSchemas } from './wire/schemas.ts';
export { standardEvent } from './wire/standard-event.ts';
export { createValidator, type Place, type Validation, type Validator } from './wire/validate.ts';
