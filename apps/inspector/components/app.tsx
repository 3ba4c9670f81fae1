import { connection } from '../state/connection.ts';
import { route } from '../state/route.ts';
import { KeysDialog } from './keys-dialog.tsx';
import { Overview } from './overview/overview.tsx';
import { RejectionsView } from './rejections/rejections-view.tsx';
import { SessionView } from './session/session-view.tsx';
import { SessionList } from './sessions/session-list.tsx';
import { When } from './shared/when.tsx';
import { TokenForm } from './token-form.tsx';
import { TopBar } from './top-bar.tsx';

export function App() {
  if (connection.value.kind === 'denied') return <TokenForm />;
  return (
    <div class="app" data-page={route.value.page}>
      <TopBar />
      <Away />
      <div class="body">
        <SessionList />
        <main class="main" key={route.value.page}>
          <Page />
        </main>
      </div>
      <KeysDialog />
    </div>
  );
}

function Page() {
  const shown = route.value;
  if (shown.page === 'session') return <SessionView key={shown.sid} sid={shown.sid} />;
  return shown.page === 'rejections' ? <RejectionsView /> : <Overview />;
}

/** Says that nothing new comes, and for how long. */
function Away() {
  const state = connection.value;
  if (state.kind !== 'away') return <div />;
  return (
    <p class="outage" role="alert">
      <b>{state.message}</b> This is what was there at <When at={state.since} />. It goes on by itself when the server
      is back.
    </p>
  );
}
