import { signal } from '@preact/signals';
import type { RejectionList } from '../../../src/inspector/api.ts';
import type { Outcome } from '../api/client.ts';
import { withNewestCalls, withOlderCalls } from '../api/pages.ts';
import { client } from './connection.ts';

const PAGE = 50;

/** Newest first, as far as they were asked for; undefined until the first answer. */
export const rejections = signal<RejectionList | undefined>(undefined);

/** The first page of the round before. */
let before: RejectionList | undefined;

/** Renews the list from its top. */
export async function refreshRejections(): Promise<Outcome<unknown>> {
  const first = await client.get<RejectionList>(`rejections?limit=${PAGE}`);
  if (first.kind !== 'ok') return first;
  const known = rejections.peek();
  if (known === undefined) rejections.value = first.value;
  else if (first.value !== before) rejections.value = withNewestCalls(known, first.value, PAGE);
  before = first.value;
  return first;
}

/** Adds a page of older calls. */
export async function showOlderRejections(): Promise<void> {
  const cursor = rejections.peek()?.cursor;
  if (cursor === undefined) return;
  const page = await client.get<RejectionList>(`rejections?limit=${PAGE}&cursor=${encodeURIComponent(cursor)}`);
  const known = rejections.peek();
  if (page.kind === 'ok' && known?.cursor === cursor) rejections.value = withOlderCalls(known, page.value);
}
