import { useState } from 'preact/hooks';
import type { RejectedCall } from '../../../../src/inspector/api.ts';
import { pluralize } from '../../format/text.ts';
import { LocalTime } from '../shared/local-time.tsx';
import { RejectedCallDetail } from './rejected-call-detail.tsx';

interface Props {
  readonly calls: readonly RejectedCall[];
  readonly id: string;
}

/** Calls that were rejected, each opening to its reasons. */
export function RejectedCalls({ calls, id }: Props) {
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const toggle = (call: number) => {
    const next = new Set(open);
    if (!next.delete(call)) next.add(call);
    setOpen(next);
  };
  return (
    <ul class="rejections" id={id}>
      {calls.map((call) => {
        const isOpen = open.has(call.id);
        return (
          <li key={call.id}>
            <button type="button" class="rejection" aria-expanded={isOpen} data-row="" onClick={() => toggle(call.id)}>
              <span class={`status s${Math.floor(call.status / 100)}`}>{call.status}</span>
              <span class="rejection-call" title={call.path}>
                {call.method} <bdi>{call.path}</bdi>
              </span>
              <span class="rejection-at">
                <LocalTime at={call.at} withMilliseconds />
              </span>
              <span class="rejection-message" title={summary(call)}>
                {summary(call)}
              </span>
            </button>
            {isOpen && <RejectedCallDetail call={call} />}
          </li>
        );
      })}
    </ul>
  );
}

function summary({ message, errors, more = 0, cause }: RejectedCall): string {
  const [first] = errors;
  if (!first) return message;
  const others = errors.length + more - 1;
  const event = cause?.eventType === undefined ? '' : `${cause.eventType} `;
  const cost = cause?.isSessionLost ? ` (${pluralize(cause.sessionsLost, 'session')} lost so far)` : '';
  return `${event}${first.path}: ${first.reason}${others > 0 ? `, and ${others} more` : ''}${cost}`;
}
