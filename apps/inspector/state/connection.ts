import { signal } from '@preact/signals';
import { type Client, createClient, type Outcome } from '../api/client.ts';
import { mountOf } from '../route.ts';
import { keepToken, readToken } from './token.ts';

/** How it stands with the server. */
export type Connection =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  | { readonly kind: 'denied'; readonly triedToken: boolean }
  | { readonly kind: 'away'; readonly since: number; readonly message: string };

/** The connection, as the last round of requests found it. */
export const connection = signal<Connection>({ kind: 'connecting' });

let token = readToken();

/** The client of the API beside this page. */
export const client: Client = createClient(mountOf(location.pathname), () => token);

/** Sends another token from now on. */
export function useToken(given: string): void {
  token = given;
  keepToken(given);
}

/**
 * Takes note of how a round of requests ended. A session that is missing is an answer like others; one that was denied
 * before there was another token says nothing of that.
 */
export function noteOutcomes(outcomes: readonly Outcome<unknown>[]): boolean {
  const failed = outcomes.find((outcome) => outcome.kind === 'failed');
  const denied = outcomes.filter((outcome) => outcome.kind === 'denied');
  const before = connection.peek();
  if (denied.some((outcome) => outcome.token === token)) {
    connection.value = { kind: 'denied', triedToken: token !== undefined };
  } else if (failed) {
    const since = before.kind === 'away' ? before.since : Date.now();
    connection.value = { kind: 'away', since, message: failed.message };
  } else if (before.kind !== 'live' && denied.length === 0) {
    connection.value = { kind: 'live' };
  }
  return connection.peek().kind === 'live';
}
