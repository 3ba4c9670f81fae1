import { signal } from '@preact/signals';

/** The time, to the second: what "3 s ago" is counted from. Unix milliseconds. */
export const secondsNow = signal(Date.now());

setInterval(() => {
  if (!document.hidden) secondsNow.value = Date.now();
}, 1000);
