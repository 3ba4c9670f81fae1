import type { Reply } from '../wire/replies.ts';

/** A request as the core sees it, whatever server it came through. */
export interface Call {
  readonly method: string;
  /** The path below the mount point, as received, without its query. */
  readonly path: string;
  /** The query of the URL as received, without its question mark; empty when there is none. */
  query(): string;
  /** A request header by its lower-case name. */
  header(name: string): string | undefined;
  /**
   * Reads the body, as bytes, as text, or as the value a host's parser made of it. Rejects with
   * `BodyUnreadable`, without buffering more than `maxBytes`.
   */
  body(maxBytes: number): Promise<unknown>;
  /** Takes work that goes on after the reply, where the host would else stop with it, as Workers do. */
  readonly waitUntil?: WaitUntil | undefined;
}

/** Keeps a host at work until the promise is settled. */
export type WaitUntil = (work: Promise<unknown>) => void;

/** What an adapter mounts: a collector, or anything that answers calls the same way. */
export interface Handler {
  /** Answers a call, or gives undefined for one that is not its own, so that the host goes on. Never rejects. */
  handle(call: Call): Promise<Reply | undefined>;
  /** The answer to a call that `handle` left alone, for where there is no host to go on. */
  notFound(call: Call): Reply;
  /** What the paths it answers begin with, for hosts that must know before a call; `/` for every path. */
  readonly roots: readonly string[];
}

/**
 * Why a body could not be read:
 *
 * - `too-large`: it is longer than the limit.
 * - `aborted`: the client went away before its end.
 * - `consumed`: something in the host had read the stream and left no body.
 * - `form`: a form parser in the host had read it.
 */
export type BodyFault = 'too-large' | 'aborted' | 'consumed' | 'form';

/** What `Call.body` rejects with. */
export class BodyUnreadable extends Error {
  override readonly name = 'BodyUnreadable';
  readonly fault: BodyFault;

  constructor(fault: BodyFault) {
    super(`The request body could not be read: ${fault}`);
    this.fault = fault;
  }
}
