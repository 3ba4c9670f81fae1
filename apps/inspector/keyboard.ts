import { signal } from '@preact/signals';
import { route } from './state/browser.ts';
import { picked, pinnedField } from './state/selection.ts';

/** Whether the list of keys is open. */
export const keysShown = signal(false);

/** The keys that work wherever the focus is. Lists and the timeline have more of their own. */
export function listenToKeys(): void {
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
    if (isTyping(event.target)) {
      if (event.key === 'Escape' && event.target instanceof HTMLElement) event.target.blur();
      return;
    }
    if (act(event)) event.preventDefault();
  });
}

function act(event: KeyboardEvent): boolean {
  if (event.key === '/') return focusOn('#search');
  if (event.key === '?') {
    keysShown.value = true;
    return true;
  }
  if (event.key === 'Escape') return back();
  if (event.key === 'j' || event.key === 'k') return intoTheList(event.key);
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') return arrowsAreFree() && intoTheList(event.key);
  return false;
}

/** One step back: from the picked event, the kept number, the page. */
function back(): boolean {
  if (picked.peek() !== undefined) picked.value = undefined;
  else if (pinnedField.peek() !== undefined) pinnedField.value = undefined;
  else if (route.peek().page !== 'overview') {
    location.hash = '#/';
    // Once the page that had the focus is gone, and unless somebody has put it elsewhere since.
    setTimeout(() => document.activeElement === document.body && focusOn('#sessions'));
  } else return false;
  return true;
}

/** Lists of buttons step among them; a virtual list knows how to move. */
function intoTheList(key: string): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>('main [data-row]')];
  if (route.peek().page === 'rejections' && rows.length > 0) {
    const at = rows.findIndex((row) => row.matches(':focus'));
    const step = key === 'j' || key === 'ArrowDown' ? 1 : -1;
    rows[Math.max(0, Math.min(rows.length - 1, at + step))]?.focus();
    return true;
  }
  const list = document.querySelector<HTMLElement>('[data-primary]');
  if (!list || document.activeElement === list) return false;
  list.focus();
  list.dispatchEvent(new KeyboardEvent('keydown', { key }));
  return true;
}

/** Whatever else has the focus scrolls with the arrows. */
function arrowsAreFree(): boolean {
  const focused = document.activeElement;
  return focused === null || focused === document.body || focused.matches('[data-row]');
}

function focusOn(selector: string): boolean {
  const element = document.querySelector<HTMLElement>(selector);
  element?.focus();
  return element !== null;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.type !== 'checkbox';
}
