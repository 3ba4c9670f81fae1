import { constants } from 'node:os';
import type { Collector } from '../../../src/collector/collector.ts';
import { withTimeout } from '../../../src/common/timeout.ts';
import type { HttpServer } from './http-server.ts';
import type { Log } from './log/log.ts';
import { failed } from './log/records.ts';
import { openSessionsLost, stopped } from './log/server-records.ts';
import { openSessionCounter } from './store/open-session-counter.ts';
import type { OpenedStore } from './store/opened-store.ts';

/** The parts of a running server that are shut down, in this order. */
export interface ServerParts {
  readonly server: HttpServer;
  readonly collector: Collector;
  readonly opened: OpenedStore;
  readonly log: Log;
}

/** A Ctrl-C in a terminal reaches a program that npm runs twice: once directly, once through npm. In milliseconds. */
const ONE_KEYPRESS = 250;
/** Which part of the time requests in flight may take; the rest is for the closes and the store. */
const SHARE_OF_REQUESTS = 0.6;
/** How long the store may take even when no time is left, in milliseconds: it has acknowledged what it keeps. */
const MIN_STORE_TIMEOUT = 500;

/** Resolves with the first SIGINT or SIGTERM. The next one ends the process at once. */
export function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let firstAt: number | undefined;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (firstAt !== undefined && performance.now() > firstAt + ONE_KEYPRESS) {
          process.exit(128 + constants.signals[signal]);
        }
        firstAt ??= performance.now();
        resolve(signal);
      });
    }
  });
}

/**
 * Answers what is in flight, delivers the closes that are due, and lets the store keep all it was given. What is not
 * done in `seconds` is left: nothing of it was acknowledged, or the store has it for the next start.
 */
export async function shutDown({ server, collector, opened, log }: ServerParts, seconds: number): Promise<void> {
  const end = performance.now() + seconds * 1000;
  const timeLeft = () => Math.max(0, end - performance.now());
  const atMost = (ms: number, work: Promise<void>, late: string) =>
    withTimeout(ms, work, late).catch((error) => log(failed({ error, during: 'stop' })));

  await server.close(timeLeft() * SHARE_OF_REQUESTS);
  await atMost(
    timeLeft(),
    collector.close(),
    'closes were still being delivered; a store that lasts has them for later',
  );
  if (!opened.isPersistent) {
    const open = await openSessionCounter(opened.store)();
    if (open > 0) log(openSessionsLost(open));
  }
  await atMost(Math.max(timeLeft(), MIN_STORE_TIMEOUT), opened.close(), 'the store was still at work');
  log(stopped);
}
