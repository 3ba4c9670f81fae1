import { CodedError, codeOf } from '../common/coded-error.ts';
import type { MaybePromise } from '../common/maybe-promise.ts';

/** A request, whatever server it came through. */
export interface Call {
  readonly method: string;
  /** The path below the mount point, as received, without its query. */
  readonly path: string;
  /** The query of the URL as received, without its question mark; empty when there is none. */
  query(): string;
  /** A request header by its lower-case name. */
  header(name: string): string | undefined;
  /**
   * Reads the body, as bytes, as text, or as the value a host's parser made of it, without buffering more than
   * `maxBytes`. Throws or rejects with `BodyUnreadable`.
   */
  body(maxBytes: number): MaybePromise<unknown>;
  /** Takes work that goes on after the reply, where the host would else stop with it, as Workers do. */
  readonly waitUntil?: WaitUntil | undefined;
}

/** Keeps a host at work until the promise is settled. */
export type WaitUntil = (work: Promise<unknown>) => void;

/** Why a body could not be read. */
const BODY_FAULTS = {
  'body-too-large': 'it is longer than the limit',
  'body-aborted': 'the client went away before its end',
  'body-consumed': 'something in the host had read the stream and left no body',
  'body-form': 'a form parser in the host had read it',
} as const;

/** The code of a body that could not be read. */
export type BodyFault = keyof typeof BODY_FAULTS;

/** What `Call.body` throws or rejects with. */
export class BodyUnreadable extends CodedError {
  override readonly name = 'BodyUnreadable';
  readonly code: BodyFault;

  constructor(code: BodyFault) {
    super(`The request body could not be read: ${BODY_FAULTS[code]}`);
    this.code = code;
  }
}

/** The code of a body that could not be read; undefined for any other error. */
export function bodyFaultOf(error: unknown): BodyFault | undefined {
  const code = codeOf(error);
  return code !== undefined && Object.hasOwn(BODY_FAULTS, code) ? (code as BodyFault) : undefined; // just found there
}
