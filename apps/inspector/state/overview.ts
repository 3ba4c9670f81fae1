import { signal } from '@preact/signals';
import type { Totals, Viewers } from '../../../src/inspector/api.ts';
import type { Outcome } from '../api/client.ts';
import { client } from './connection.ts';

/** The last totals and viewers of the server; undefined until the first answer. */
export const totals = signal<Totals | undefined>(undefined);
export const viewers = signal<Viewers | undefined>(undefined);

export async function refreshTotals(): Promise<Outcome<unknown>> {
  const outcome = await client.get<Totals>('totals');
  if (outcome.kind === 'ok') totals.value = outcome.value;
  return outcome;
}

export async function refreshViewers(): Promise<Outcome<unknown>> {
  const outcome = await client.get<Viewers>('viewers');
  if (outcome.kind === 'ok') viewers.value = outcome.value;
  return outcome;
}
