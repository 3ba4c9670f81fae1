import type { Server } from 'node:net';
import type { Collector } from '../../../src/collector/collector.ts';
import type { Target } from '../../../src/testing/conformance/conformance.ts';

/** A way to mount the API, and what a check must know of it. */
export interface Host {
  readonly name: string;
  serve(collector: Collector): Server | Promise<Server>;
  /** Speaks HTTP/2 without TLS, and nothing else. */
  readonly http2?: true;
  /** The path the API is mounted under. */
  readonly prefix?: string;
  readonly traits?: Partial<Omit<Target, 'url' | 'collector' | 'advance' | 'send'>>;
}
