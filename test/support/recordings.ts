import { readdirSync, readFileSync } from 'node:fs';

/** A request of a recording: what a player posted, in the order of arrival. */
export interface RecordedRequest {
  readonly method: string;
  /** `/api/v1/sessions`, or an events path with a placeholder such as `{sid}` or `{sid2}`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** When it arrived, in milliseconds. */
  readonly atMs: number;
}

/** The traffic of one client, from start to end. */
export interface Recording {
  readonly name: string;
  readonly client: 'js-sdk' | 'mobile';
  readonly requests: readonly RecordedRequest[];
}

const folder = new URL('../fixtures/captures/', import.meta.url);

/** Recorded traffic of the JavaScript SDK, and traffic transcribed from the mobile SDKs' own tests. */
export const RECORDINGS: readonly Recording[] = (['js-sdk', 'mobile'] as const).flatMap((client) =>
  readdirSync(new URL(`${client}/`, folder)).map((file) => ({
    name: `${client}/${file.replace('.json', '')}`,
    client,
    requests: JSON.parse(readFileSync(new URL(`${client}/${file}`, folder), 'utf8')),
  })),
);

/** Every event of a recording, those of arrays included. */
export function eventsOf(recording: Recording): unknown[] {
  return recording.requests.flatMap(({ body }) => body);
}
