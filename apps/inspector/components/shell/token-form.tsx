import { useEffect, useRef } from 'preact/hooks';
import { connection, useToken } from '../../state/connection.ts';
import { refreshNow } from '../../state/refresh.ts';

/** Asks for the token that the server wants. */
export function TokenForm() {
  const input = useRef<HTMLInputElement>(null);
  const state = connection.value;
  useEffect(() => input.current?.focus(), []);
  return (
    <main class="token">
      <form
        class="panel"
        onSubmit={(event) => {
          event.preventDefault();
          const given = input.current?.value.trim() ?? '';
          if (given === '') return;
          useToken(given);
          refreshNow();
        }}
      >
        <h1>This inspector needs a token</h1>
        <p>
          It stays in this tab and goes with it. A link can bring it: add <code>#token=…</code> to the address.
        </p>
        <label for="token">Token</label>
        <input id="token" ref={input} class="input" type="password" autocomplete="off" spellcheck={false} />
        {state.kind === 'denied' && state.triedToken && (
          <p class="fault" role="alert">
            The server refused this token.
          </p>
        )}
        <button type="submit" class="button strong">
          Open
        </button>
      </form>
    </main>
  );
}
