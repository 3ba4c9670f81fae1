import type { SessionPage, SessionQuery } from './store.ts';

/** The pages of a list of sessions, each read when it is asked for, until one has no cursor. */
export async function* followPages(
  list: (query: SessionQuery) => Promise<SessionPage>,
  query: SessionQuery,
): AsyncGenerator<SessionPage> {
  let page = await list(query);
  yield page;
  while (page.cursor !== undefined) {
    page = await list({ ...query, cursor: page.cursor });
    yield page;
  }
}
