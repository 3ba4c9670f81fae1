import type { ComponentChild } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useSize } from './use-size.ts';

interface Props {
  readonly id: string;
  readonly label: string;
  readonly count: number;
  /** Pixels; every row has the same. */
  readonly rowHeight: number;
  /** The row that the keyboard is on, or -1. */
  readonly active: number;
  /** The keyboard goes to a row. */
  readonly onMove: (row: number) => void;
  readonly onOpen?: (row: number) => void;
  /** The list that j, k and the arrows go to when nothing has the focus. */
  readonly isPrimary?: boolean;
  /** What tells the rows apart, where others may come above them. */
  readonly keys?: readonly string[];
  /** Stay at the end when rows come there. */
  readonly follow?: boolean;
  /** A row, with `role="option"` and what `rowProps` gives. */
  readonly row: (at: number, props: RowProps) => ComponentChild;
}

/** What the element of a row needs to be an option of the list. */
export interface RowProps {
  readonly id: string;
  readonly role: 'option';
  readonly tabIndex: -1;
  readonly 'aria-selected': boolean;
  readonly 'aria-setsize': number;
  readonly 'aria-posinset': number;
  readonly style: { readonly top: string; readonly height: string };
}

/** Rows beyond both edges, so that scrolling shows no holes. */
const MARGIN = 8;

/** A list that holds only the rows in sight, however many there are. */
export function VirtualList(props: Props) {
  const { id, label, count, rowHeight, active, isPrimary = false, keys, follow = false } = props;
  const { ref, height } = useSize<HTMLDivElement>();
  const [top, setTop] = useState(0);
  const before = useRef({ count, keys });
  /** Whether the last row was in sight, before others came or the list became lower. */
  const atEnd = useRef(false);

  useLayoutEffect(() => {
    const list = ref.current;
    const { count: countBefore, keys: keysBefore } = before.current;
    before.current = { count, keys };
    if (!list) return;
    const isElsewhere = active >= 0 && active < countBefore - 1;
    if (follow && atEnd.current && !isElsewhere && countBefore > 0) list.scrollTop = count * rowHeight;
    else if (keys && keysBefore && list.scrollTop > 0) keepInSight(list, keysBefore, keys, rowHeight);
    setTop(list.scrollTop);
    atEnd.current = isAtEnd(list, count * rowHeight);
  }, [count, keys, height]);

  useEffect(() => {
    const list = ref.current;
    if (list && active >= 0) bringIntoView(list, active, rowHeight);
  }, [keys?.[active] ?? active]);

  const first = Math.max(0, Math.floor(top / rowHeight) - MARGIN);
  const last = Math.min(count, Math.ceil((top + height) / rowHeight) + MARGIN);
  const rows = Array.from({ length: Math.max(0, last - first) }, (_, each) => first + each);
  const activeId = active >= first && active < last ? `${id}-${active}` : undefined;

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(height / rowHeight) - 1);
    const target = rowFor(event.key, { active, page, count });
    if (target !== undefined && count > 0) props.onMove(Math.max(0, Math.min(count - 1, target)));
    else if (event.key === 'Enter' && active >= 0) props.onOpen?.(active);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div
      ref={ref}
      id={id}
      class="list"
      role="listbox"
      aria-label={label}
      aria-activedescendant={activeId}
      tabIndex={0}
      data-primary={isPrimary ? '' : undefined}
      onKeyDown={onKeyDown}
      onScroll={({ currentTarget }) => {
        setTop(currentTarget.scrollTop);
        atEnd.current = isAtEnd(currentTarget, count * rowHeight);
      }}
    >
      <div class="list-rows" role="presentation" style={{ height: `${count * rowHeight}px` }}>
        {rows.map((at) =>
          props.row(at, {
            id: `${id}-${at}`,
            role: 'option',
            tabIndex: -1,
            'aria-selected': at === active,
            'aria-setsize': count,
            'aria-posinset': at + 1,
            style: { top: `${at * rowHeight}px`, height: `${rowHeight}px` },
          }),
        )}
      </div>
    </div>
  );
}

function rowFor(key: string, { active, page, count }: { active: number; page: number; count: number }) {
  const rows: Readonly<Record<string, number>> = {
    j: active + 1,
    ArrowDown: active + 1,
    k: active - 1,
    ArrowUp: active - 1,
    PageDown: active + page,
    PageUp: active - page,
    Home: 0,
    End: count - 1,
  };
  return Object.hasOwn(rows, key) ? rows[key] : undefined;
}

function isAtEnd({ scrollTop, clientHeight }: HTMLElement, rowsHeight: number): boolean {
  return scrollTop + clientHeight >= rowsHeight - 4;
}

function bringIntoView(list: HTMLElement, row: number, rowHeight: number): void {
  const [from, to] = [row * rowHeight, (row + 1) * rowHeight];
  if (from < list.scrollTop) list.scrollTop = from;
  else if (to > list.scrollTop + list.clientHeight) list.scrollTop = to - list.clientHeight;
}

/** Leaves the topmost row where it is when others came above it. */
function keepInSight(list: HTMLElement, before: readonly string[], now: readonly string[], rowHeight: number): void {
  const row = Math.floor(list.scrollTop / rowHeight);
  const key = before[row];
  const moved = key === undefined ? -1 : now.indexOf(key);
  if (moved >= 0) list.scrollTop += (moved - row) * rowHeight;
}
