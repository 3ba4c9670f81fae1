export type {
  EventList,
  IndexedEvent,
  IndexedExplanation,
  Lane,
  LaneKind,
  LaneSpan,
  Mark,
  RejectedCall,
  RejectionList,
  SessionDetail,
  SessionList,
  SessionSummary,
  Stretch,
  Totals,
  Viewers,
} from './api.ts';
export { createInspector, type InspectorOptions } from './inspector.ts';
