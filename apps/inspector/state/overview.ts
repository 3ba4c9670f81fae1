import { signal } from '@preact/signals';
import type { Totals, Viewers } from '../../../src/inspector/api.ts';
import type { Outcome } from '../api/client.ts';
import { client } from './connection.ts';

export const totals = signal<Totals | undefined>(undefined);
export const viewers = signal<Viewers | undefined>(undefined);

export async function refreshTotals(): Promise<Outcome<unknown>> {
  const answer = await client.get<Totals>('totals');
  if (answer.kind === 'ok') totals.value = answer.value;
  return answer;
}

export async function refreshViewers(): Promise<Outcome<unknown>> {
  const answer = await client.get<Viewers>('viewers');
  if (answer.kind === 'ok') viewers.value = answer.value;
  return answer;
}
