import type { SessionStore } from '../../session/store.ts';

/** A test runner's way to declare a test, such as `it` of Vitest, Jest, Mocha or node:test. */
export type DeclareTest = (name: string, run: () => Promise<void>) => unknown;

/** Makes a store that holds nothing and shares nothing with the one before. `retention` is in milliseconds. */
export type MakeStore = (options: { readonly retention: number }) => SessionStore | Promise<SessionStore>;

/** Declares a test of a store of its own, which is closed after it unless the test does so itself. */
export type DeclareStoreTest = (
  name: string,
  run: (store: SessionStore) => Promise<void>,
  options?: { readonly closesStore: boolean },
) => void;

export function declareStoreTest(
  it: DeclareTest,
  makeStore: () => SessionStore | Promise<SessionStore>,
): DeclareStoreTest {
  return (name, run, { closesStore } = { closesStore: false }) =>
    void it(name, async () => {
      const store = await makeStore();
      try {
        await run(store);
      } finally {
        if (!closesStore) await store.close();
      }
    });
}
