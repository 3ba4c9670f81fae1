import type { SessionClosed } from '../../src/close-delivery/close-hook.ts';
import { timeSlices } from '../../src/common/event-loop.ts';
import { jsonBytes } from '../../src/common/json-bytes.ts';
import { checkOptionNames } from '../../src/common/option-checks.ts';
import { truncate } from '../../src/common/text.ts';
import { signer } from './signature.ts';

export interface PostReportsOptions {
  /** What requests are signed with, shared with the receiver. Any text that cannot be guessed. */
  readonly secret: string;
  /** How long an answer may take, in milliseconds: 10,000. */
  readonly timeout?: number;
  /** Headers beside those of this module, such as `authorization`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What sends the requests: `fetch`. */
  readonly fetch?: typeof fetch;
}

/** How much of a rejection's body an error shows, in characters. */
const EXCERPT = 200;
/** How much of an answer is read, in characters. */
const MAX_ANSWER = 10_000;
/** A close is leased to a process for a minute; an answer that takes longer would have it posted twice. */
const MAX_TIMEOUT = 55_000;

/**
 * Makes an `onSessionClose` hook that posts the report of each closed session to a URL, as JSON. The hook
 * resolves when the answer is a 2xx and rejects otherwise, so that the collector tries again, with growing
 * pauses. Runs wherever there is `fetch`.
 *
 * Each request has an `Idempotency-Key`, the sid: a receiver that has seen it answers 2xx and drops the
 * repeat. Its `Media-Sessions-Signature` is `t=<Unix seconds>,sha256=<hex>`, where the hex digits are the
 * HMAC-SHA256 of `<Unix seconds>.<body>` under the secret. A receiver computes the same over the bytes it
 * got, compares in constant time, and rejects a `t` that is more than five minutes off.
 *
 * @param url Where to, over http or https. A redirect is not followed.
 * @throws TypeError when the URL or an option is wrong.
 *
 * @example
 * createCollector({ store, onSessionClose: postReports('https://example.com/reports', { secret }) });
 */
export function postReports(url: string | URL, options: PostReportsOptions): (closed: SessionClosed) => Promise<void> {
  const target = checkUrl(url);
  const { secret, timeout, headers, send } = checkOptions(options);
  const sign = signer(secret);
  const slice = timeSlices(); // for all reports that are written out at one time

  async function post(sid: string, body: Uint8Array): Promise<void> {
    const response = await send(target, {
      method: 'POST',
      headers: {
        ...headers,
        'content-type': 'application/json',
        'idempotency-key': sid,
        'media-sessions-signature': await sign(body, Date.now()),
      },
      body,
      redirect: 'manual', // followed, it would become a GET, and its 200 say nothing of the report
      signal: AbortSignal.timeout(timeout),
    });
    const answer = await readAnswer(response);
    if (!response.ok) throw new Error(`the answer was ${response.status} ${truncate(answer, EXCERPT)}`.trimEnd());
  }

  return async ({ report }) => {
    try {
      await post(report.sid, await jsonBytes(report, slice));
    } catch (error) {
      const place = target.origin + target.pathname; // without the query, which may hold a key
      throw new Error(`${place} did not take the report of ${report.sid}: ${reasonOf(error)}`, { cause: error });
    }
  };
}

function checkUrl(url: string | URL): URL {
  const target = postTarget(url);
  if ('fault' in target) throw new TypeError(`postReports: ${target.fault}`);
  return target.url;
}

function checkOptions(options: PostReportsOptions) {
  if (typeof options !== 'object') throw new TypeError('postReports: give it options with a secret, { secret }');
  checkOptionNames(options, ['secret', 'timeout', 'headers', 'fetch'], 'postReports');
  const { secret, timeout = 10_000, headers = {}, fetch: send = fetch } = options;
  if (typeof secret !== 'string' || secret === '') throw new TypeError('postReports: secret must be a text, not empty');
  if (!Number.isSafeInteger(timeout) || timeout <= 0 || timeout > MAX_TIMEOUT) {
    throw new TypeError(`postReports: timeout must be 1 to ${MAX_TIMEOUT} milliseconds`);
  }
  const lowerCase = Object.fromEntries(new Headers(headers)); // throws a TypeError for one that cannot be sent
  return { secret, timeout, headers: lowerCase, send };
}

/** Reads the beginning of an answer. To read it all, as one does nearly always, lets the connection be used again. */
async function readAnswer({ body }: Response): Promise<string> {
  let text = '';
  if (body === null) return text;
  try {
    const decoder = new TextDecoder();
    for await (const bytes of body) {
      text += decoder.decode(bytes, { stream: true });
      if (text.length > MAX_ANSWER) break;
    }
  } catch {
    // The status has said it all.
  }
  return text;
}

/** What went wrong. The reason that fetch gives is the cause of its error. */
function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: unknown };
  return [error, cause].flatMap((each) => (each instanceof Error ? [each.message] : [])).join(': ');
}

/** A URL that reports can be posted to, or what is wrong with one that they cannot. */
export type PostTarget = { readonly url: URL } | { readonly fault: string };

/** Reads where to post: over http or https, and without a password, which `fetch` does not send from a URL. */
export function postTarget(url: string | URL): PostTarget {
  const target = URL.canParse(String(url)) ? new URL(url) : undefined;
  if (target === undefined || !/^https?:$/.test(target.protocol)) {
    return { fault: 'the URL must be absolute, and http or https' };
  }
  if (target.username || target.password) {
    return { fault: 'the URL must have no user or password; send an authorization header instead' };
  }
  return { url: target };
}
