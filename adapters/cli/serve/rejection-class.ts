import type { Rejection } from '../../../src/options.ts';
import { findRoute } from '../../../src/wire/endpoints.ts';

/** What a call was refused for, in one of few words: a label of a metric must never hold what a client sent. */
export type RejectionClass =
  | 'unreadable'
  | 'missing-field'
  | 'unknown-field'
  | 'wrong-value'
  | 'misplaced-event'
  | 'unknown-path'
  | 'unknown-session'
  | 'unknown-schema'
  | 'method'
  | 'closed-session'
  | 'too-large'
  | 'failed'
  | 'store-unavailable'
  | 'other';

const BY_STATUS: Readonly<Record<number, RejectionClass>> = {
  405: 'method',
  410: 'closed-session',
  413: 'too-large',
  500: 'failed',
  503: 'store-unavailable',
};

/** What is not there, by the endpoint that was asked for it. */
const UNKNOWN = {
  none: 'unknown-path',
  sessions: 'other',
  downloaded: 'other',
  events: 'unknown-session',
  schema: 'unknown-schema',
} as const satisfies Readonly<Record<string, RejectionClass>>;

/** What the reason of the first problem of a malformed body begins with. */
const BY_REASON: readonly (readonly [RegExp, RejectionClass])[] = [
  [/^Expected JSON|^The (connection|body) /, 'unreadable'],
  [/^Missing /, 'missing-field'],
  [/^Unknown /, 'unknown-field'],
  [/^A session /, 'misplaced-event'],
  [/^Expected |^Nested /, 'wrong-value'],
];

export function classOf({ status, path, errors: [first] }: Rejection): RejectionClass {
  if (status === 404) return UNKNOWN[findRoute(path)?.endpoint ?? 'none'];
  if (status !== 400) return BY_STATUS[status] ?? 'other';
  return BY_REASON.find(([pattern]) => first && pattern.test(first.reason))?.[1] ?? 'other';
}
