export type { LaneKind } from '../report/lanes.ts';
export type {
  EventList,
  EventPosition,
  IndexedEvent,
  IndexedExplanation,
  Interval,
  Lane,
  LaneInterval,
  RejectedCall,
  RejectionList,
  SessionDetail,
  SessionList,
  SessionSummary,
  Totals,
  Viewers,
} from './api.ts';
export { createInspector, type InspectorOptions } from './inspector.ts';
