import type { Fault } from '../../json/faults.ts';
import type { Line } from '../../json/lines.ts';

interface Props {
  readonly label: string;
  readonly lines: readonly Line[];
  readonly faults?: ReadonlyMap<number, readonly Fault[]>;
}

/** The most lines that are shown; no reader goes further, and no browser should have to. */
const MAX_LINES = 2_000;

/** JSON in colours, and what is wrong with it below the line where it is. */
export function JsonView({ label, lines, faults }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and a keyboard has to get there
    <section class="json" aria-label={label} tabIndex={0}>
      {lines.slice(0, MAX_LINES).map(({ depth, tokens, path }, at) => {
        const wrong = faults?.get(at);
        return (
          <span key={at} class={wrong ? 'json-line wrong' : 'json-line'} data-path={path}>
            <code>
              {'  '.repeat(depth)}
              {tokens.map(({ kind, text }, each) =>
                kind === 'mark' ? (
                  text
                ) : (
                  <span key={each} class={`j-${kind}`}>
                    {text}
                  </span>
                ),
              )}
            </code>
            {wrong?.map(({ reason, missing }) => (
              <span key={reason + missing} class="fault" role="note">
                {missing !== undefined && <b>{missing}</b>} {reason}
              </span>
            ))}
          </span>
        );
      })}
      {lines.length > MAX_LINES && <span class="muted">{lines.length - MAX_LINES} more lines</span>}
    </section>
  );
}
