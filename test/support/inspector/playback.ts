import { readFileSync } from 'node:fs';
import { RECORDINGS } from '../recordings.ts';
import type { InspectedServer } from './inspected-server.ts';

/** An event as a player posts it. */
interface PostedEvent {
  readonly eventType: string;
  readonly playerTime: { readonly playhead: number | null; readonly ts: number };
  readonly params?: Readonly<Record<string, unknown>>;
  readonly [more: string]: unknown;
}

/** What one player posts in one session, in order. */
export type Playback = readonly PostedEvent[];

/** The events of a recording that has one session. */
export function recording(name: string): Playback {
  const found = RECORDINGS.find((candidate) => candidate.name.endsWith(`/${name}`));
  if (!found) throw new Error(`There is no recording ${name}`);
  return found.requests.map(({ body }) => body as PostedEvent); // of a client that sends one event at a time
}

/** A documented timeline. */
export function timeline(number: 1 | 2 | 3): Playback {
  const file = new URL(`../../fixtures/timelines/timeline-${number}.json`, import.meta.url);
  const { events } = JSON.parse(readFileSync(file, 'utf8')) as { events: { event: PostedEvent }[] };
  return events.map(({ event }) => event);
}

interface PlayOptions {
  /** Added to the params of the start. */
  readonly params?: Readonly<Record<string, unknown>>;
  /** Waits between two events; by default the server's clock is moved on instead. */
  readonly pace?: (ms: number) => Promise<void>;
}

/** Plays a session on the server as if it began now. Gives its id. */
export async function play(server: InspectedServer, events: Playback, options: PlayOptions = {}): Promise<string> {
  const { params = {}, pace = async (ms: number) => server.advance(ms) } = options;
  const [start, ...later] = events;
  if (!start) throw new Error('There is nothing to play');
  const shift = server.now() - start.playerTime.ts;
  const moved = (event: PostedEvent) => ({
    ...event,
    playerTime: { ...event.playerTime, ts: Math.round(event.playerTime.ts + shift) },
  });
  const sid = await server.start({ ...moved(start), params: { ...start.params, ...params } });
  let at = start.playerTime.ts;
  for (const event of later) {
    await pace(Math.max(0, event.playerTime.ts - at));
    at = event.playerTime.ts;
    const answer = await server.post(`/api/v1/sessions/${sid}/events`, moved(event));
    if (answer.status !== 204) throw new Error(`${event.eventType} answered ${answer.status}: ${await answer.text()}`);
  }
  return sid;
}
