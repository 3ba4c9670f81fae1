import type { Progress } from '../../../src/session/lifecycle.ts';
import type { CloseReason, MediaSession } from '../../../src/session/session.ts';

/** What the session tables of SQLite and PostgreSQL have in common. */
export interface SessionRow {
  readonly sid: string;
  readonly started_at: number;
  readonly deadline: number;
  readonly close_reason: CloseReason;
  readonly last_event_at: number;
  readonly playhead: number | null;
  readonly playhead_moved_at: number;
  readonly length: number;
  /** A JSON string: as text of its own, a NUL or a lone surrogate would not survive. */
  readonly validation_token: string | null;
  /** A JSON object. */
  readonly edge: string | null;
}

export function toRow(session: MediaSession): SessionRow {
  return {
    sid: session.sid,
    started_at: session.startedAt,
    deadline: session.deadline,
    close_reason: session.closeReason,
    last_event_at: session.lastEventAt,
    playhead: session.playhead,
    playhead_moved_at: session.playheadMovedAt,
    length: session.length,
    validation_token: session.validationToken === undefined ? null : JSON.stringify(session.validationToken),
    edge: session.edge === undefined ? null : JSON.stringify(session.edge),
  };
}

export function toSession(row: SessionRow): MediaSession {
  return {
    sid: row.sid,
    startedAt: row.started_at,
    ...toProgress(row),
    ...(row.validation_token !== null && { validationToken: JSON.parse(row.validation_token) }),
    ...(row.edge !== null && { edge: JSON.parse(row.edge) }),
  };
}

/** The part of a session that its events change. */
export function toProgress(row: SessionRow): Progress {
  return {
    deadline: row.deadline,
    closeReason: row.close_reason,
    lastEventAt: row.last_event_at,
    playhead: row.playhead,
    playheadMovedAt: row.playhead_moved_at,
    length: row.length,
  };
}
