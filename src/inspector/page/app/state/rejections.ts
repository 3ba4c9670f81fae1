import { signal } from '@preact/signals';
import type { RejectedCall, RejectionList } from '../../../api.ts';
import type { Outcome } from '../client.ts';
import { client } from './connection.ts';

const PAGE = 50;

/** Newest first; undefined until the first answer. */
export const rejections = signal<readonly RejectedCall[] | undefined>(undefined);

/** Where older ones start. */
export const olderRejections = signal<string | undefined>(undefined);

export async function refreshRejections(): Promise<Outcome<unknown>> {
  const first = await client.get<RejectionList>(`rejections?limit=${PAGE}`);
  if (first.kind !== 'ok') return first;
  const newest = first.value.rejections;
  const known = rejections.peek() ?? [];
  const oldest = newest.at(-1);
  const reachesDown = first.value.cursor !== undefined && oldest !== undefined;
  const older = reachesDown ? known.filter(({ id }) => id < oldest.id) : [];
  if (older.length === 0) olderRejections.value = first.value.cursor;
  if (newest !== known) rejections.value = older.length === 0 ? newest : [...newest, ...older];
  return first;
}

export async function showOlderRejections(): Promise<void> {
  const cursor = olderRejections.peek();
  if (cursor === undefined) return;
  const page = await client.get<RejectionList>(`rejections?limit=${PAGE}&cursor=${encodeURIComponent(cursor)}`);
  if (page.kind !== 'ok') return;
  rejections.value = [...(rejections.peek() ?? []), ...page.value.rejections];
  olderRejections.value = page.value.cursor;
}
