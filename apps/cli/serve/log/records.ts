import type { SessionClosed } from '../../../../src/close-delivery/close-hook.ts';
import type { Failure, Rejection } from '../../../../src/collector/hooks.ts';
import { formatClock, pluralize, truncate } from '../../../../src/common/text.ts';
import type { SessionStarted } from '../../../../src/handlers/deps.ts';
import { isStoreUnavailable } from '../../../../src/session/store.ts';
import type { LogRecord } from './log.ts';

/** How much of a text that a client sent a record has, in characters. */
const MAX_TEXT = 100;
/** How many reasons of a rejection a record has. */
const MAX_REASONS = 3;

export function sessionStarted({ session: { sid }, events }: SessionStarted): LogRecord {
  const [first] = events;
  const params: Readonly<Record<string, unknown>> = first?.event.eventType === 'sessionStart' ? first.event.params : {};
  const mediaId = textOf(params['media.id']);
  const name = textOf(params['media.name']);
  const contentType = textOf(params['media.contentType']);
  const player = textOf(params['media.playerName']);
  const parts = [
    contentType,
    name ?? mediaId,
    player && `on ${player}`,
    events.length > 1 && `${events.length} events`,
  ];
  return {
    level: 'info',
    message: 'session started',
    text: `started ${sid} ${parts.filter(Boolean).join(', ')}`,
    fields: { sid, mediaId, name, contentType, player, events: events.length },
  };
}

/** A close, with the diagnostics that ask for something to be done: the report has those of severity info too. */
export function sessionClosed({ session, events, report }: SessionClosed): LogRecord {
  const { sid, startedAt, lastEventAt, closeReason } = session;
  const { timePlayed } = report.sessionDetails;
  const diagnostics = report.diagnostics.filter(({ severity }) => severity !== 'info').map(({ code }) => code);
  const diagnosticsText = diagnostics.length === 0 ? 'no errors or warnings' : `diagnostics: ${diagnostics.join(' ')}`;
  return {
    level: 'info',
    message: 'session closed',
    text:
      `closed ${sid} ${closeReason} after ${formatClock(lastEventAt - startedAt)}, ${pluralize(events.length, 'event')}, ` +
      `played ${formatClock(timePlayed * 1000)}, ${diagnosticsText}`,
    fields: {
      sid,
      reason: closeReason,
      seconds: (lastEventAt - startedAt) / 1000,
      events: events.length,
      timePlayed,
      diagnostics,
    },
  };
}

export function callRejected({ method, path, status, code, message, errors, more }: Rejection): LogRecord {
  const reasons = errors.slice(0, MAX_REASONS).map(({ path: place, reason }) => shorten(`${place} ${reason}`));
  const rest = errors.length - reasons.length + more;
  const why = [...(reasons.length > 0 ? reasons : [message]), ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ');
  return {
    level: 'warn',
    message: 'call rejected',
    kind: `rejected ${code}`,
    text: `rejected ${status} ${shorten(method)} ${shorten(path)}: ${why}`,
    fields: { status, code, method: shorten(method), path: shorten(path), message, reasons, more: rest },
  };
}

/** A failure, with its stack unless that says nothing: an outage fails call after call, all alike. */
export function failed({ error, during }: Failure): LogRecord {
  const reason = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error && !isStoreUnavailable(error) ? error.stack : undefined;
  return {
    level: 'error',
    message: 'failed',
    kind: `failed ${during}`,
    text: `failed ${during}: ${shorten(reason, 500)}`,
    fields: { during, reason: shorten(reason, 500), stack: stack && shorten(stack, 4000) },
  };
}

/** A text that a client sent, if it is one and not empty. */
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? shorten(value) : undefined;
}

function shorten(text: string, maxLength = MAX_TEXT): string {
  return text.length > maxLength ? `${truncate(text, maxLength)}…` : text;
}
