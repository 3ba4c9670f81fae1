import type { SessionStore } from '../../../src/session/store.ts';
import type { Text } from './routes.ts';
import { within } from './within.ts';

/** How long the store may take to answer, in milliseconds; who asks for the health waits no longer. */
const PATIENCE = 1_500;
/** Any id that no session has. */
const NOBODY = 'healthz';

/** Makes the function that tells whether this server can do its work: whether its store answers. */
export function healthCheck(store: SessionStore, isStopping: () => boolean): () => Promise<Text> {
  let asking: Promise<Text> | undefined;

  async function ask(): Promise<Text> {
    try {
      await within(PATIENCE, store.get(NOBODY), 'The store is too slow');
      return { status: 200, text: 'The store answers.\n' };
    } catch {
      return { status: 503, text: 'The store does not answer; the log says why.\n' }; // which may name other machines
    }
  }

  return async () => {
    if (isStopping()) return { status: 503, text: 'The server is stopping.\n' };
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
}
