export type {
  EventList,
  IndexedEvent,
  IndexedExplanation,
  Interval,
  Lane,
  LaneInterval,
  LaneKind,
  Mark,
  RejectedCall,
  RejectionList,
  SessionDetail,
  SessionList,
  SessionSummary,
  Totals,
  Viewers,
} from './api.ts';
export { createInspector, type InspectorOptions } from './inspector.ts';
