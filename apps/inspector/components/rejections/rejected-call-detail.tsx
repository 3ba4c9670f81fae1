import { useMemo } from 'preact/hooks';
import type { RejectedCall } from '../../../../src/inspector/api.ts';
import { causeText } from '../../format/cause-text.ts';
import { pluralize } from '../../format/text.ts';
import { faultsOf } from '../../json/faults.ts';
import { jsonLines, type Line } from '../../json/lines.ts';
import { decoded, sessionLink } from '../../route.ts';
import { CopyButton } from '../shared/buttons.tsx';
import { JsonView } from '../shared/json-view.tsx';

/** Why a call was rejected, and where in its body. */
export function RejectedCallDetail({ call }: { readonly call: RejectedCall }) {
  const { message, errors, more = 0, path, body, cause } = call;
  const sid = /\/sessions\/([^/]+)\/events\/?$/.exec(path)?.[1];
  return (
    <div class="rejection-detail">
      <p>
        {message}
        {sid !== undefined && (
          <>
            {' '}
            <a href={sessionLink(decoded(sid))}>The session it was for</a>
          </>
        )}
      </p>
      {cause && <p>{causeText(cause)}</p>}
      {errors.length > 0 && (
        <ul class="reasons" aria-label="Reasons">
          {errors.map(({ path: place, reason }, at) => (
            <li key={at}>
              <code>
                <bdi>{place}</bdi>
              </code>{' '}
              <bdi>{reason}</bdi>
            </li>
          ))}
          {more > 0 && <li class="muted">and {pluralize(more, 'more reason')}</li>}
        </ul>
      )}
      {body === null ? (
        <p class="note">The body was not read.</p>
      ) : (
        <>
          <Body call={call} body={body} />
          {body !== '' && <CopyButton label="Copy body" text={() => body} />}
        </>
      )}
    </div>
  );
}

function Body({ call, body }: { readonly call: RejectedCall; readonly body: string }) {
  const { lines, note } = useMemo(() => laidOut(body, call.bodyLength), [call, body]);
  const faults = useMemo(() => lines && faultsOf(lines, call.errors), [lines, call]);
  if (lines && faults) return <JsonView label="Body" lines={lines} faults={faults} />;
  return (
    <>
      <p class="note">{note}</p>
      {body !== '' && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and a keyboard has to get there
        <section class="json" aria-label="Body" tabIndex={0}>
          {body}
        </section>
      )}
    </>
  );
}

/** A body as lines of JSON, or why it is shown as it came. */
function laidOut(
  body: string,
  bodyLength: number | undefined,
): { readonly lines?: readonly Line[]; readonly note?: string } {
  if (bodyLength !== undefined)
    return { note: `The first ${body.length.toLocaleString('en')} of ${pluralize(bodyLength, 'character')}:` };
  if (body === '') return { note: 'The body is empty.' };
  try {
    return { lines: jsonLines(JSON.parse(body)) };
  } catch (error) {
    const why = error instanceof SyntaxError ? 'is no JSON' : 'is nested too deep to be laid out';
    return { note: `The body ${why}. As it came:` };
  }
}
