import type { StoredEvent } from '../../../../src/session/session.ts';
import { isType, known } from './history.ts';

/** How far off a level, and how long until one is held. */
const FIVE_SECONDS = 5000;

interface Stretch {
  /** In the order of arrival. A run that is still open is among those of its stretch. */
  members: StoredEvent[];
  readonly first: StoredEvent;
  readonly isStep: boolean;
}

/** The events with the `ts` they would have had if nobody had set the clock, and where it was set, and by how much. */
export function withClockSetRight(arrived: readonly StoredEvent[], idle: number) {
  const stretches = stretchesOf(arrived, idle);
  const jumps = stretches.map((stretch, at) => jumpBetween(stretches[at - 1], stretch));
  const events = arrived.map((stored) => moved(stored, shiftOf(stored, stretches)));
  return { events, steps: jumps.filter((jump) => jump !== 0).map((jump) => -jump) };
}

function stretchesOf(arrived: readonly StoredEvent[], idle: number): Stretch[] {
  const stretches: Stretch[] = [];
  let run: StoredEvent[] = [];

  /** Moves the members to a stretch of their own. */
  const begin = (members: readonly StoredEvent[], unlikeDelay = false) => {
    const before = stretches.at(-1);
    const first = members[0];
    if (first === undefined) return;
    if (before) before.members = before.members.filter((member) => !members.includes(member));
    const higher = before && levelOf(before.members) > levelOf(members) ? before.members : members;
    const isStep = before !== undefined && mayBeStep(before, members, arrived);
    const jump = before === undefined ? 0 : levelOf(members) - levelOf(before.members);
    const isNoDelay = wasHeld(higher) || Math.abs(jump) > idle || unlikeDelay;
    stretches.push({ members: [...members], first, isStep: isStep && isNoDelay });
    run = [];
  };

  for (const stored of arrived) {
    const stretch = stretches.at(-1);
    if (stretch === undefined) {
      begin([stored]);
      continue;
    }
    const step = stretches.findLastIndex(({ isStep }) => isStep);
    const before = stretches[step - 1];
    if (before && isNear(stored, levelOf(before.members)) && sentBefore(stored, before, stretches[step]?.first)) {
      before.members.push(stored);
      continue;
    }
    const level = levelOf(stretch.members);
    if (delay(stored) > level + FIVE_SECONDS) {
      stretch.members.push(stored);
      run.push(stored);
      if (wasHeld(run)) begin(run);
      continue;
    }
    if (!(isNear(stored, level) && sentBefore(stored, stretch, run[0]))) run = [];
    const wasDelayed = level - delay(stored) < idle && !wasHeld(stretch.members);
    if (isNear(stored, level) || wasDelayed) stretch.members.push(stored);
    else begin([stored]);
  }

  if (run.length > 0 && run.some((stored) => isFromBefore(stored, arrived, stretches))) begin(run, true);
  else if (run.length > 0) begin(run);
  return stretches;
}

function delay({ event, receivedAt }: StoredEvent): number {
  return receivedAt - event.playerTime.ts;
}

function levelOf(members: readonly StoredEvent[]): number {
  return Math.min(...members.map(delay));
}

function isNear(stored: StoredEvent, level: number): boolean {
  return Math.abs(delay(stored) - level) <= FIVE_SECONDS;
}

function wasHeld(members: readonly StoredEvent[]): boolean {
  return members.some((_, at) => {
    const soFar = members.slice(0, at + 1);
    const arrivals = soFar.filter((stored) => isNear(stored, levelOf(soFar))).map(({ receivedAt }) => receivedAt);
    return Math.max(...arrivals) - Math.min(...arrivals) > FIVE_SECONDS;
  });
}

function sentBefore(stored: StoredEvent, { members }: Stretch, first: StoredEvent | undefined): boolean {
  return first !== undefined && stored.event.playerTime.ts + levelOf(members) <= first.receivedAt;
}

/** The rules of a step but for the first. */
function mayBeStep(before: Stretch, members: readonly StoredEvent[], arrived: readonly StoredEvent[]): boolean {
  const first = members[0];
  const last = first && arrived[arrived.indexOf(first) - 1];
  if (first === undefined || last === undefined) return false;
  const jump = levelOf(members) - levelOf(before.members);
  const change = delay(first) - delay(last);
  if ((jump > 0 ? change : -change) <= Math.abs(jump) / 2) return false;

  const [from, to] = [known(last.event), known(first.event)];
  if (from === undefined || to === undefined || to <= from) return true;
  const gap = first.event.playerTime.ts - last.event.playerTime.ts;
  return Math.abs((to - from) * 1000 - gap) > Math.abs(jump) / 2;
}

/** Whether an event is from before the sessionStart, or a sessionEnd from before what arrived ahead of it. */
function isFromBefore(stored: StoredEvent, arrived: readonly StoredEvent[], stretches: readonly Stretch[]): boolean {
  const timeOf = (each: StoredEvent | undefined) =>
    each === undefined ? 0 : each.event.playerTime.ts + shiftOf(each, stretches);
  const ahead = arrived.slice(0, arrived.indexOf(stored)).map(timeOf);
  if (timeOf(stored) < timeOf(arrived[0])) return true;
  return isType('sessionEnd')(stored) && timeOf(stored) < Math.max(...ahead);
}

function shiftOf(stored: StoredEvent, stretches: readonly Stretch[]): number {
  const own = stretches.findIndex(({ members }) => members.includes(stored));
  const shifts = stretches.slice(0, own + 1).map((stretch, at) => jumpBetween(stretches[at - 1], stretch));
  return shifts.reduce((sum, shift) => sum + shift, 0);
}

function jumpBetween(before: Stretch | undefined, { members, isStep }: Stretch): number {
  if (before === undefined || !isStep) return 0;
  const jump = levelOf(members) - levelOf(before.members);
  return Math.abs(jump) > FIVE_SECONDS ? jump : 0;
}

function moved({ event, receivedAt }: StoredEvent, shift: number): StoredEvent {
  const playerTime = { ...event.playerTime, ts: event.playerTime.ts + shift };
  return { event: { ...event, playerTime }, receivedAt };
}
