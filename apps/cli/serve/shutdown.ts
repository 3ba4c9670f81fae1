import { constants } from 'node:os';
import type { Collector } from '../../../src/collector/collector.ts';
import { withTimeout } from '../../../src/common/timeout.ts';
import type { HttpServer } from './http-server.ts';
import { failed, note } from './log/lines.ts';
import type { Log } from './log/log.ts';
import { openSessionCounter } from './store/open-session-counter.ts';
import type { OpenedStore } from './store/opened-store.ts';

/** What is stopped, and how long that may take. */
export interface Running {
  readonly server: HttpServer;
  readonly collector: Collector;
  readonly opened: OpenedStore;
  readonly log: Log;
  readonly seconds: number;
}

/** A Ctrl-C in a terminal reaches a program that npm runs twice: once directly, once through npm. In milliseconds. */
const ONE_KEYPRESS = 250;
/** Which part of the time requests in flight may take; the rest is for the closes and the store. */
const REQUESTS = 0.6;
/** How long the store may take even when no time is left, in milliseconds: it has acknowledged what it keeps. */
const LEAST_FOR_STORE = 500;

/** Resolves with the first SIGINT or SIGTERM. The next one ends the process at once. */
export function toldToStop(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let first: number | undefined;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (first !== undefined && performance.now() > first + ONE_KEYPRESS) {
          process.exit(128 + constants.signals[signal]);
        }
        first ??= performance.now();
        resolve(signal);
      });
    }
  });
}

/**
 * Answers what is in flight, delivers the closes that are due, and lets the store keep all it was given. What is not
 * done in time is left: nothing of it was acknowledged, or the store has it for the next start.
 */
export async function stopInOrder({ server, collector, opened, log, seconds }: Running): Promise<void> {
  const end = performance.now() + seconds * 1000;
  const left = () => Math.max(0, end - performance.now());
  const inTime = (ms: number, work: Promise<void>, late: string) =>
    withTimeout(ms, work, late).catch((error) => log(failed({ error, during: 'stop' })));

  await server.stop(left() * REQUESTS);
  await inTime(left(), collector.close(), 'closes were still being delivered; a store that lasts has them for later');
  if (!opened.isPersistent) {
    const open = await openSessionCounter(opened.store)();
    if (open > 0) log(note(`open sessions lost with the memory they were in: ${open}`, { open }, 'warn'));
  }
  await inTime(Math.max(left(), LEAST_FOR_STORE), opened.close(), 'the store was still at work');
  log(note('stopped'));
}
