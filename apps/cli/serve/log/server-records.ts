import type { LogRecord } from './log.ts';

/** @param inspector The URL of the inspector, where there is one. */
export function listening(url: string, store: string, inspector: string | undefined): LogRecord {
  return record('info', 'listening', { url, store, inspector });
}

/** A variable of the environment that is named as ours are and is none of them. */
export function unknownVariable(name: string): LogRecord {
  return record('warn', `${name} is no option, and has no effect`, { name });
}

/** A player that is set to HTTPS. Without this record nothing would say why no session starts. */
export const tlsRejected: LogRecord = {
  ...record(
    'warn',
    'rejected a TLS connection: this port speaks plain HTTP; set ssl = false in the player, or put a TLS proxy in front; ' +
      'see docs/players.md#https',
  ),
  kind: 'tls',
};

/** A player whose SDK speaks another protocol, as that for Roku does. */
export const heartbeatRejected: LogRecord = {
  ...record(
    'warn',
    'rejected a heartbeat: the older SDK for Roku, and others, speak another protocol than the Media Collection API; ' +
      'see docs/players.md#roku',
  ),
  kind: 'heartbeat',
};

export function stopping(signal: NodeJS.Signals): LogRecord {
  return record('info', `stopping (${signal}): requests in flight are answered, and closes that are due delivered`, {
    signal,
  });
}

export function openSessionsLost(open: number): LogRecord {
  return record('warn', `open sessions lost with the memory they were in: ${open}`, { open });
}

export const stopped: LogRecord = record('info', 'stopped');

function record(level: LogRecord['level'], text: string, fields: LogRecord['fields'] = {}): LogRecord {
  return { level, message: text, text, fields };
}
