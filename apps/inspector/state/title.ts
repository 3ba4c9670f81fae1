import { effect } from '@preact/signals';
import { route } from './browser.ts';
import { watched } from './session.ts';

const APP = 'Sessions inspector';

/** Keeps the title of the document, by which tabs, bookmarks and screen readers tell one page from another. */
export function keepTitle(): void {
  effect(() => {
    document.title = [pageTitle(), APP].filter((part) => part !== undefined).join(' – ');
  });
}

function pageTitle(): string | undefined {
  const shown = route.value;
  if (shown.page === 'rejections') return 'Rejected calls';
  if (shown.page !== 'session') return undefined;
  const { sid, detail } = watched.value;
  return sid === shown.sid && detail ? (detail.session.mediaName ?? detail.session.mediaId) : shown.sid;
}
