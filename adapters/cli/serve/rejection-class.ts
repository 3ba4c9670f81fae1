import type { Rejection } from '../../../src/options.ts';

/** What a call was refused for, in one of few words: a label of a metric must never hold what a client sent. */
export type RejectionClass =
  | 'unreadable'
  | 'missing-field'
  | 'unknown-field'
  | 'wrong-value'
  | 'misplaced-event'
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

/** What the reason of the first problem of a malformed body begins with. */
const BY_REASON: readonly (readonly [RegExp, RejectionClass])[] = [
  [/^Expected JSON|^The (connection|body) /, 'unreadable'],
  [/^Missing /, 'missing-field'],
  [/^Unknown /, 'unknown-field'],
  [/^A session /, 'misplaced-event'],
  [/^Expected |^Nested /, 'wrong-value'],
];

export function classOf({ status, method, errors: [first] }: Rejection): RejectionClass {
  if (status === 404) return method === 'POST' ? 'unknown-session' : 'unknown-schema';
  if (status !== 400) return BY_STATUS[status] ?? 'other';
  return BY_REASON.find(([pattern]) => first && pattern.test(first.reason))?.[1] ?? 'other';
}
