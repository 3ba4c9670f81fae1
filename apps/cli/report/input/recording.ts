import { downloaded } from '../../../../src/session/lifecycle.ts';
import { BadInput } from '../../errors.ts';
import { type InputSessions, valueOrFault } from './input.ts';
import { type RecordedRequest, readRequest } from './recorded-request.ts';
import { sessionBuilder } from './session-builder.ts';

/**
 * The sessions of recorded requests, in the order of their start. What was recorded is taken as kept: a session
 * closes behind its last request, however long it was silent before. A request that no collector would keep is left
 * out, as a collector does, and named in the faults. Throws a BadInput when the sessions cannot be told apart.
 */
export function sessionsOfRecording(recorded: readonly unknown[]): InputSessions {
  const requests = recorded.flatMap((value, index): readonly (RecordedRequest | BadInput)[] => {
    const read = valueOrFault(() => readRequest(value, `request ${index + 1}`));
    return read instanceof BadInput ? [read] : read;
  });
  const names = namesOf(requests.flatMap((request) => (request instanceof BadInput ? [] : request)));
  const builder = sessionBuilder();
  const faults: string[] = [];

  function addRequest(request: RecordedRequest): void {
    const { name, content, place } = request;
    if (content instanceof BadInput) throw content;
    const { events, isWhole, edge } = content;
    const [first] = events;
    if (name !== undefined) {
      for (const event of events) builder.append(name, event, place);
      return;
    }
    const newName = names.get(request) ?? '';
    const sid = newName.replace(/^\{(.*)\}$/, '$1');
    const origin = edge && { edge };
    if (isWhole) builder.add(newName, { session: { ...downloaded(sid, first.receivedAt, events), ...origin }, events });
    else builder.open(newName, first, { sid, ...origin });
  }

  for (const request of requests) {
    const added = request instanceof BadInput ? request : valueOrFault(() => addRequest(request));
    if (added instanceof BadInput) faults.push(added.message);
  }
  return { sessions: builder.sessions(), faults };
}

/** What the paths call the session of each request that opens one. */
function namesOf(requests: readonly RecordedRequest[]): ReadonlyMap<RecordedRequest, string> {
  const starts = requests.filter(({ name }) => name === undefined);
  const kept = starts.filter(({ content }) => !(content instanceof BadInput)); // a server gave the others no name
  const names = namesAfterStart(requests);
  const numbered = starts.map((_, index) => `{sid${index + 1}}`);
  if (starts.length === 1 && names.length < 2) return zip(starts, [names[0] ?? '{sid}']);
  if (starts.length === 1 && names.includes('{sid}')) return zip(starts, ['{sid}']);
  if (names.length === 0 || names.some((name) => numbered.includes(name))) return zip(starts, numbered);
  if (names.length === starts.length) return zip(starts, names);
  if (names.length === kept.length) return zip(kept, names);
  throw new BadInput(
    `${starts.length} requests open a session and paths name ${names.length}; call them {sid1}, {sid2} ... in their order`,
  );
}

/** The names in paths. Those that come before any start are of sessions that were opened before the recording began. */
function namesAfterStart(requests: readonly RecordedRequest[]): string[] {
  const firstStart = requests.findIndex(({ name }) => name === undefined);
  if (firstStart === -1) return [];
  const earlier = new Set(requests.slice(0, firstStart).map(({ name }) => name));
  const later = new Set(requests.slice(firstStart).flatMap(({ name }) => name ?? []));
  return [...later].filter((name) => !earlier.has(name));
}

function zip(starts: readonly RecordedRequest[], names: readonly string[]): ReadonlyMap<RecordedRequest, string> {
  return new Map(starts.map((start, at) => [start, names[at] ?? '']));
}
