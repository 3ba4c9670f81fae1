import { keysShown } from '../../keyboard.ts';
import { route } from '../../state/browser.ts';
import { connection } from '../../state/connection.ts';
import { totals } from '../../state/overview.ts';
import { Button } from '../shared/buttons.tsx';
import { StartOver } from './start-over.tsx';

const STATES = {
  connecting: 'Connecting',
  live: 'Live',
  away: 'Server away',
  denied: 'Token needed',
} as const;

/** Where one is, and how it stands with the server. */
export function TopBar() {
  const { page } = route.value;
  const rejected = totals.value?.rejected ?? 0;
  const current = (is: boolean) => (is ? 'page' : undefined);
  return (
    <header class="top">
      <a class="brand" href="#/">
        <span class="brand-mark" aria-hidden="true" />
        Sessions inspector
      </a>
      <nav class="tabs" aria-label="Pages">
        <a href="#/" aria-current={current(page !== 'rejections')}>
          Sessions
        </a>
        <a href="#/rejections" aria-current={current(page === 'rejections')}>
          Rejected calls {rejected > 0 && <span class="badge">{rejected.toLocaleString('en')}</span>}
        </a>
      </nav>
      <span class={`connection ${connection.value.kind}`} role="status">
        {STATES[connection.value.kind]}
      </span>
      <StartOver />
      <Button
        aria-label="Keys"
        aria-keyshortcuts="?"
        onClick={() => {
          keysShown.value = true;
        }}
      >
        ?
      </Button>
    </header>
  );
}
