import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Figure } from '../../format/figures.ts';
import type { ReportList } from '../../state/report-lists.ts';
import { Button } from '../shared/buttons.tsx';
import { FigureRow } from './figure-row.tsx';

interface Props<Entry> {
  readonly title: string;
  readonly list: ReportList<Entry>;
  readonly total: number;
  readonly figuresOf: (entries: readonly Entry[], from: number) => readonly Figure[];
}

/** How many rows are drawn as one: those of a page that did not change are left alone. */
const ROWS = 100;

/** A list of the report, which loads its pages as one scrolls. */
export function FigureList<Entry>({ title, list, total, figuresOf }: Props<Entry>) {
  const entries = list.entries.value;
  if (total === 0) return null;
  const pages = Array.from({ length: Math.ceil(entries.length / ROWS) }, (_, at) => at * ROWS);
  return (
    <section class="panel" aria-label={title}>
      <div class="panel-head">
        <h2>{title}</h2>
      </div>
      <ul class="figures">
        {pages.map((from) => (
          <FigurePage key={from} entries={entries} from={from} figuresOf={figuresOf} />
        ))}
      </ul>
      {entries.length > 0 && entries.length < total && (
        <More key={entries.length} left={total - entries.length} showMore={list.showMore} />
      )}
    </section>
  );
}

function FigurePage<Entry>({ entries, from, figuresOf }: Pick<Props<Entry>, 'figuresOf'> & PageProps<Entry>) {
  const page = entries.slice(from, from + ROWS);
  return useMemo(
    () => (
      <>
        {figuresOf(page, from).map((figure) => (
          <FigureRow key={figure.path} figure={figure} />
        ))}
      </>
    ),
    [from, page.length, page[0], page.at(-1)],
  );
}

interface PageProps<Entry> {
  readonly entries: readonly Entry[];
  readonly from: number;
}

/** Asks for more when it comes into sight, or is pressed. */
function More({ left, showMore }: { readonly left: number; readonly showMore: () => Promise<void> }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new IntersectionObserver(([seen]) => {
      if (seen?.isIntersecting) void showMore();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={ref} class="more">
      <Button onClick={() => void showMore()}>{left.toLocaleString('en')} more</Button>
    </div>
  );
}
