import { batch, effect } from '@preact/signals';
import type { Outcome } from '../api/client.ts';
import { startPolling } from '../api/poll.ts';
import { route } from './browser.ts';
import { client, connection, noteOutcomes } from './connection.ts';
import { refreshTotals, refreshViewers } from './overview.ts';
import { refreshRejections, rejections } from './rejections.ts';
import { refreshSession } from './session.ts';
import { pages, refreshSessions, search, stateFilter } from './sessions.ts';

/** Asks for all that is in sight. */
async function refresh(): Promise<boolean> {
  return noteOutcomes(await Promise.all([refreshSessions(), refreshTotals(), ...refreshPage()]));
}

function refreshPage(): Promise<Outcome<unknown>>[] {
  const shown = route.peek();
  if (shown.page === 'session') return [refreshSession(shown.sid)];
  if (shown.page === 'rejections') return [refreshRejections()];
  return [refreshViewers()];
}

let now: (() => void) | undefined;

/** Starts to keep everything fresh: what is looked at anew, at once. */
export function keepFresh(): void {
  now = startPolling(refresh);
  effect(() => {
    void [route.value, search.value, stateFilter.value];
    now?.();
  });
}

/** Asks again without waiting. */
export function refreshNow(): void {
  now?.();
}

/** Starts over on the server. Gives what went wrong, if something did. */
export async function startOver(): Promise<string | undefined> {
  const outcome = await client.startOver();
  if (outcome.kind === 'ok') {
    batch(() => {
      pages.value = undefined;
      rejections.value = undefined;
    });
    refreshNow();
    return undefined;
  }
  if (outcome.kind === 'denied') {
    connection.value = { kind: 'denied', triedToken: outcome.token !== undefined };
    return 'The server asks for a token.';
  }
  return outcome.message;
}
