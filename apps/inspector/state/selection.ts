import { batch, computed, effect, signal } from '@preact/signals';
import { fractionOf, type View } from '../timeline/view.ts';
import { route } from './browser.ts';
import { watched } from './session.ts';

/** The event that is picked, by its place in the order of arrival. */
export const picked = signal<number | undefined>(undefined);

/** The event under the pointer. */
export const pointedEvent = signal<number | undefined>(undefined);

/** The number of the report under the pointer or the focus, and the one that was clicked to stay, by field path. */
const pointedField = signal<string | undefined>(undefined);
export const pinnedField = signal<string | undefined>(undefined);

/** The number whose explanation is shown. */
export const shownField = computed(() => pointedField.value ?? pinnedField.value);

/** The part of the session that is zoomed into; undefined: all of it. */
export const zoom = signal<View | undefined>(undefined);

/** The whole session, by the client's clock. */
export const whole = computed<View>(() => {
  const { detail, log } = watched.value;
  const [first, last] = [log.byTime[0], log.byTime.at(-1)].map((index) => index !== undefined && log.tsAt(index));
  const times = [detail?.from, detail?.to, first, last].filter((ts) => typeof ts === 'number');
  const from = times.length > 0 ? Math.min(...times) : 0;
  return { from, to: Math.max(from + 1000, ...times) };
});

/** The part of the session that is drawn. */
export const view = computed<View>(() => zoom.value ?? whole.value);

/** Where the clock of the timeline is at 0:00. */
export const origin = computed(() => watched.value.detail?.report.startedAt ?? whole.value.from);

effect(() => {
  void route.value;
  batch(() => {
    picked.value = undefined;
    pointedEvent.value = undefined;
    pointedField.value = undefined;
    pinnedField.value = undefined;
    zoom.value = undefined;
  });
});

/** Picks an event and brings it into view. */
export function pick(index: number): void {
  picked.value = index;
  const ts = watched.peek().log.at(index)?.ts;
  const zoomed = zoom.peek();
  if (ts === undefined || zoomed === undefined) return;
  const at = fractionOf(zoomed, ts);
  if (at >= 0 && at <= 1) return;
  const half = (zoomed.to - zoomed.from) / 2;
  zoom.value = { from: ts - half, to: ts + half };
}

/** The handlers of an element that has its field explained while the pointer or the focus is on it. */
export function explainsField(path: string | undefined) {
  const point = () => {
    pointedField.value = path;
  };
  const leave = () => {
    if (pointedField.peek() === path) pointedField.value = undefined;
  };
  return { onPointerEnter: point, onPointerLeave: leave, onFocus: point, onBlur: leave };
}
