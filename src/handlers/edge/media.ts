import { chain, isPromise, type MaybePromise } from '../../common/maybe-promise.ts';
import type { EdgeDownloaded, EdgeReader, EdgeRequest, EdgeStart } from '../../edge/read-request.ts';
import {
  type Answering,
  type EdgeProblem,
  type Handle,
  handled,
  newSession,
  problem,
  refused,
  wrongDatastream,
} from '../../edge/replies.ts';
import type { Reply } from '../../http/reply.ts';
import { downloaded, isOpen, open } from '../../session/lifecycle.ts';
import type { EdgeOrigin } from '../../session/session.ts';
import { isSessionId } from '../../session/session-id.ts';
import type { MediaEvent } from '../../wire/events.ts';
import { noContent } from '../../wire/replies.ts';
import { appendEvents } from '../append-events.ts';
import { DEFAULTS, type SessionDeps } from '../deps.ts';
import { keepSession, nextId, storable } from '../new-session.ts';
import type { SentStarts } from './sent-starts.ts';

/** What the handler works with. */
export interface EdgeDeps {
  readonly sessions: SessionDeps;
  readonly read: EdgeReader;
  readonly sentStarts: SentStarts;
}

/** What a request says beside its body. */
export interface EdgeContext extends Answering {
  /** `configId`, empty where it is missing. */
  readonly datastream: string;
  /** Whether the client gave the id of the request. It sends a request again under the same. */
  readonly isNamed: boolean;
  readonly validationToken: string | undefined;
}

/** What may be the id of a datastream: a UUID from Adobe, with an environment after it at times. */
const DATASTREAM = /^[\w.:-]{1,128}$/;

/**
 * Takes a request of the Media Edge API: opens sessions, adds events to others, all of them once all are checked.
 *
 * @returns 200 with the id of each session that was opened, or 204 where none was; 207 for a start and 400 for anything
 * else with every reason when the body is wrong, and then nothing of it is kept; 404 when no session has an id, or it is
 * closed; 413 when it is full. (doc: endpoints/media)
 * @param pathType The type in its path, where that has one; without any, what is no event of media is left alone.
 * @param contextOf Reads what the request says beside its body. An event that is taken needs none of it.
 * @throws What the store throws or rejects with, `StoreUnavailable` above all, in the same way.
 */
export function handleEdgeMedia(
  body: unknown,
  pathType: string | undefined,
  deps: EdgeDeps,
  contextOf: () => EdgeContext,
): MaybePromise<Reply> {
  const receivedAt = (deps.sessions.now ?? DEFAULTS.now)();
  const request = deps.read(body, { pathType, receivedAt });
  if ('reasons' in request) return refused(request, contextOf());

  const { starts, downloaded: whole, added } = request;
  const opens = starts.length + whole.length;
  const [only] = added;
  if (only && added.size === 1 && opens === 0) {
    return chain(add(...only, receivedAt, deps), (code) => (code ? problem(code, contextOf()) : noContent));
  }
  const context = contextOf();
  if (opens > 0 && !DATASTREAM.test(context.datastream)) return wrongDatastream(context.datastream, context);
  const [first] = starts;
  if (first && opens === 1 && added.size === 0) {
    return chain(openSession(first, receivedAt, deps, context), (sid) =>
      handled([newSession(sid, first.index)], context),
    );
  }
  return keepSeveral(request, receivedAt, deps, context);
}

/** Keeps what is of several sessions. */
function keepSeveral(
  { starts, downloaded: whole, added }: EdgeRequest,
  receivedAt: number,
  deps: EdgeDeps,
  context: EdgeContext,
): MaybePromise<Reply> {
  const handles: Handle[] = [];
  const opened = (index: number) => (sid: string) => {
    handles.push(newSession(sid, index));
    return undefined;
  };
  // What a session may refuse comes first, so that nothing is kept where it does.
  const steps: (() => MaybePromise<EdgeProblem | undefined>)[] = [
    ...(added.size > 0 ? [() => findClosed(added.keys(), receivedAt, deps)] : []),
    ...[...added].map(
      ([sid, events]) =>
        () =>
          add(sid, events, receivedAt, deps),
    ),
    ...starts.map((start) => () => chain(openSession(start, receivedAt, deps, context), opened(start.index))),
    ...whole.map((session) => () => chain(keepWhole(session, receivedAt, deps, context), opened(session.index))),
  ];
  return chain(inTurn(steps), (code) => {
    if (code) return problem(code, context);
    return handles.length > 0 ? handled(handles.sort(byPlace), context) : noContent;
  });
}

function openSession(
  { event, isTimed, id, index }: EdgeStart,
  receivedAt: number,
  { sessions, sentStarts }: EdgeDeps,
  context: EdgeContext,
): MaybePromise<string> {
  const names = [
    ...(context.isNamed ? [`request ${context.requestId} ${index}`] : []),
    ...(id === undefined ? [] : [`event ${id}`]),
  ];
  const ts = isTimed ? event.playerTime.ts : undefined;
  return sentStarts.open({ names, ts }, receivedAt, () => {
    const { timeouts = DEFAULTS.timeouts } = sessions;
    const sid = nextId(sessions);
    const start = storable(event, receivedAt);
    const session = open(sid, start, timeouts, context.validationToken);
    const edge: EdgeOrigin = { datastream: context.datastream, ...(!isTimed && { untimed: true }) };
    return { sid, stored: keepSession({ ...session, edge }, [start], sessions) };
  });
}

function keepWhole(
  { events }: EdgeDownloaded,
  receivedAt: number,
  { sessions }: EdgeDeps,
  { datastream, validationToken }: EdgeContext,
): MaybePromise<string> {
  const sid = nextId(sessions);
  const stored = events.map((event) => storable(event, receivedAt));
  const session = { ...downloaded(sid, receivedAt, stored, validationToken), edge: { datastream } };
  return chain(keepSession(session, stored, sessions), () => sid);
}

function add(
  sid: string,
  events: readonly MediaEvent[],
  receivedAt: number,
  { sessions }: EdgeDeps,
): MaybePromise<EdgeProblem | undefined> {
  const stored = events.map((event) => storable(event, receivedAt));
  return chain(appendEvents(sid, stored, sessions), (outcome) => PROBLEMS[outcome]);
}

const PROBLEMS = {
  accepted: undefined,
  unknown: 'unknown-session',
  closed: 'closed-session',
  full: 'session-too-long',
} as const;

/** Looks at the sessions of a request that is for several, before anything is added to any. */
async function findClosed(
  sids: Iterable<string>,
  now: number,
  { sessions }: EdgeDeps,
): Promise<EdgeProblem | undefined> {
  for (const sid of sids) {
    const session = isSessionId(sid) ? await sessions.store.get(sid) : undefined;
    if (session === undefined) return 'unknown-session';
    if (!isOpen(session, now)) return 'closed-session';
  }
  return undefined;
}

/** Takes steps one after the other until one has an outcome, in the same turn where nothing must be waited for. */
function inTurn<Outcome>(
  steps: readonly (() => MaybePromise<Outcome | undefined>)[],
  from = 0,
): MaybePromise<Outcome | undefined> {
  for (let index = from; index < steps.length; index++) {
    const outcome = steps[index]?.();
    if (isPromise(outcome)) return outcome.then((given) => given ?? inTurn(steps, index + 1));
    if (outcome !== undefined) return outcome;
  }
  return undefined;
}

function byPlace(a: Handle, b: Handle): number {
  return (a.eventIndex ?? 0) - (b.eventIndex ?? 0);
}
