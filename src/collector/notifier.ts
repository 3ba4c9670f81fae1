import type { SessionDeps } from '../handlers/deps.ts';
import type { Call, WaitUntil } from '../http/call.ts';
import type { Reply } from '../http/reply.ts';
import type { RejectedReply } from '../wire/replies.ts';
import type { HookRunner } from './hooks.ts';
import type { AnsweredEndpoint, Observers } from './observers.ts';
import type { CollectorOptions } from './options.ts';
import { isStart, rejectionCauses } from './rejection-cause.ts';

/** Tells what became of calls: observers at once, hooks after the reply. */
export interface Notifier {
  /** What handlers call. `waitUntil` comes from a host that must know of work after the reply. */
  ofStored(waitUntil?: WaitUntil): Pick<SessionDeps, 'onSessionStart' | 'onEvent'>;
  /** Tells of a rejected call, with what was read of its body. */
  rejected(call: Call, endpoint: AnsweredEndpoint | undefined, reply: RejectedReply, read: ReadBody): void;
  answered(endpoint: AnsweredEndpoint, reply: Reply): void;
}

/** What was read of a body: its value, and the text that this was parsed from, if it was. */
export interface ReadBody {
  readonly value?: unknown;
  readonly text?: string | undefined;
}

type CallOptions = Pick<CollectorOptions, 'validation' | 'onSessionStart' | 'onEvent' | 'onReject'>;

export function notifier(
  { validation = 'standard', onSessionStart, onEvent, onReject }: CallOptions,
  hooks: HookRunner,
  observed: Observers,
): Notifier {
  const { countLost, causeOf } = rejectionCauses(validation);

  return {
    ofStored: (waitUntil) => ({
      onSessionStart(start) {
        observed.tell('onSessionStart', start);
        hooks.run('onSessionStart', onSessionStart, start, waitUntil);
      },
      onEvent(event) {
        observed.tell('onEvent', event);
        hooks.run('onEvent', onEvent, event, waitUntil);
      },
    }),

    rejected({ method, path, waitUntil }, endpoint, reply, { value: body, text }) {
      if (isStart(endpoint)) countLost(reply); // whether somebody hears of it or not
      if (onReject === undefined && !observed.any) return;
      const cause = causeOf(reply, endpoint, body);
      const { status, code, error } = reply;
      const { message, errors = [], more = 0 } = error;
      const rejection = { method, path, status, code, message, errors, more, ...(cause && { cause }), body, text };
      observed.tell('onReject', rejection);
      hooks.run('onReject', onReject, rejection, waitUntil);
    },

    answered(endpoint, { status }) {
      if (observed.any) observed.tell('onAnswer', { endpoint, status });
    },
  };
}
