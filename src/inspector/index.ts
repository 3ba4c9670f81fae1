export type { LaneKind } from '../report/lanes.ts';
export type {
  EventList,
  IndexedEvent,
  IndexedExplanation,
  Interval,
  Lane,
  LaneInterval,
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
