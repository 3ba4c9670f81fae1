import { route } from '../state/browser.ts';
import { connection } from '../state/connection.ts';
import { Overview } from './overview/overview.tsx';
import { RejectionsView } from './rejections/rejections-view.tsx';
import { SessionView } from './session/session-view.tsx';
import { SessionList } from './session-list/session-list.tsx';
import { LocalTime } from './shared/local-time.tsx';
import { KeysDialog } from './shell/keys-dialog.tsx';
import { TokenForm } from './shell/token-form.tsx';
import { TopBar } from './shell/top-bar.tsx';

/** The whole page: what is around every view, and the one that the address names. */
export function App() {
  if (connection.value.kind === 'denied') return <TokenForm />;
  return (
    <div class="app" data-page={route.value.page}>
      <TopBar />
      <Outage />
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

/** Says that the server is away, and since when. */
function Outage() {
  const state = connection.value;
  if (state.kind !== 'away') return <div />;
  return (
    <p class="outage" role="alert">
      <b>{state.message}</b> This is what was there at <LocalTime at={state.since} />. It goes on by itself when the
      server is back.
    </p>
  );
}
