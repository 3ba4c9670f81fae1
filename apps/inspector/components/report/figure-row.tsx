import { useComputed } from '@preact/signals';
import type { Figure } from '../../format/figures.ts';
import { explainsField, pinnedField, shownField } from '../../state/selection.ts';

/** A number of the report. Pointing at it shows on the timeline what it is made of; a click keeps that. */
export function FigureRow({ figure }: { readonly figure: Figure }) {
  const { label, path, value, note, isZero } = figure;
  const isShown = useComputed(() => shownField.value === path).value; // of thousands of rows, two are drawn again
  const isPinned = useComputed(() => pinnedField.value === path).value;
  return (
    <li>
      <button
        type="button"
        class={`figure${isShown ? ' shown' : ''}${isZero ? ' zero' : ''}`}
        aria-pressed={isPinned}
        {...explainsField(path)}
        onClick={() => {
          pinnedField.value = pinnedField.peek() === path ? undefined : path;
        }}
      >
        <span class="figure-label">
          <bdi>{label}</bdi>
        </span>
        <span class="figure-value">{value}</span>
        <span class="figure-path">{path}</span>
        {note !== undefined && <span class="figure-note">{note}</span>}
      </button>
    </li>
  );
}
