import { computed, effect, signal } from '@preact/signals';
import type { Drawing } from '../../../src/inspector/api.ts';
import { client } from './connection.ts';
import { zoom } from './selection.ts';
import { pathOf, watched } from './session.ts';

/** Milliseconds for which a view must stand still before its lanes are asked for. */
const SETTLED = 150;

/** The drawing that was asked for last, of a part of a session. */
const closer = signal<{ readonly sid: string; readonly drawing: Drawing } | undefined>(undefined);

/** The lanes to draw: those of the view where they show more, else those of the whole session. */
export const drawing = computed<Drawing | undefined>(() => {
  const { sid, detail } = watched.value;
  const view = zoom.value;
  const known = closer.value;
  if (detail === undefined || !detail.isThinned || view === undefined || known?.sid !== sid) return detail;
  const { from, to } = known.drawing;
  return from <= view.from && to >= view.to ? known.drawing : detail;
});

effect(() => {
  const { sid, detail } = watched.value;
  const view = zoom.value;
  if (!detail?.isThinned || view === undefined) return;
  const timer = setTimeout(async () => {
    const answer = await client.get<Drawing>(`${pathOf(sid)}/lanes?from=${view.from}&to=${view.to}`, { keep: false });
    if (answer.kind === 'ok' && zoom.peek() === view) closer.value = { sid, drawing: answer.value };
  }, SETTLED);
  return () => clearTimeout(timer);
});
