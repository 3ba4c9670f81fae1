import { effect } from '@preact/signals';
import { route } from './route.ts';
import { watched } from './session.ts';

const PAGE = 'Sessions inspector';

/** Lets tabs, bookmarks and screen readers tell one page from another. */
export function keepTitle(): void {
  effect(() => {
    document.title = [aboutOf(), PAGE].filter((part) => part !== undefined).join(' – ');
  });
}

function aboutOf(): string | undefined {
  const shown = route.value;
  if (shown.page === 'rejections') return 'Rejected calls';
  if (shown.page !== 'session') return undefined;
  const { sid, detail } = watched.value;
  return sid === shown.sid && detail ? (detail.session.mediaName ?? detail.session.mediaId) : shown.sid;
}
