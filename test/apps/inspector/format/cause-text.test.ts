import { expect, it } from 'vitest';
import { causeText } from '../../../../apps/inspector/format/cause-text.ts';

it.each([
  [
    { eventType: 'sessionStart', path: '$', isSessionLost: true, sessionsLost: 12, hint: 'mend the player' },
    'In sessionStart: 12 sessions lost by this key so far; mend the player.',
  ],
  [{ eventType: 'ping', path: '$', isSessionLost: false, sessionsLost: 3 }, 'In ping: an event lost.'],
  [{ path: '$', isSessionLost: true, sessionsLost: 1 }, 'In no known event: 1 session lost by this key so far.'],
] as const)('what a rejection costs reads as a sentence', (cause, text) => {
  expect(causeText(cause)).toBe(text);
});
