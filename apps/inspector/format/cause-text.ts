import type { RejectedCall } from '../../../src/inspector/api.ts';
import { pluralize } from './text.ts';

/** What a rejection costs and what to do about it: `In sessionStart: 12 sessions lost by this key so far.` */
export function causeText({
  eventType,
  isSessionLost,
  sessionsLost,
  hint,
}: NonNullable<RejectedCall['cause']>): string {
  const cost = isSessionLost ? `${pluralize(sessionsLost, 'session')} lost by this key so far` : 'an event lost';
  const parts = [`${eventType === undefined ? 'In no known event' : `In ${eventType}`}: ${cost}`, hint];
  return `${parts.filter((part) => part !== undefined).join('; ')}.`;
}
