import type { Rejection } from '../collector/hooks.ts';
import { truncatedCopy } from '../common/text.ts';
import { isSessionId } from '../session/session-id.ts';
import { findRoute } from '../wire/endpoints.ts';
import type { RejectedCall, RejectionList } from './api.ts';
import type { Query } from './query.ts';

/** Keeps the latest calls that were rejected: few and short enough for the memory, whatever clients send. */
export interface RejectedCalls {
  add(rejection: Rejection, at: number): void;
  list(query: Query): RejectionList;
  clear(): void;
}

/** How many calls are kept, and how many characters of their bodies together and of one. */
const MAX_CALLS = 500;
const MAX_CHARACTERS = 8_000_000;
const MAX_BODY = 65_536;
/** How many characters a page has, each of which takes six bytes at most. */
const MAX_PAGE = 250_000;
/** The most characters of a path, and of a method, which HTTP/2 leaves to the client. */
const MAX_PATH = 1000;
const MAX_METHOD = 100;

/** Keeps rejected calls from now on. */
export function rejectedCalls(): RejectedCalls {
  const calls: RejectedCall[] = [];
  let characters = 0;
  let lastId = 0;

  return {
    add({ method, path, status, code, message, errors, more, cause, body: value, text }, at) {
      const body = text ?? textOf(value);
      const call: RejectedCall = {
        id: ++lastId,
        at,
        method: truncatedCopy(method, MAX_METHOD),
        path: truncatedCopy(path, MAX_PATH),
        status,
        code,
        message,
        errors,
        ...(more > 0 && { more }),
        ...(cause && { cause }),
        body: body && truncatedCopy(body, MAX_BODY),
        ...(body !== null && body.length > MAX_BODY && { bodyLength: body.length }),
      };
      calls.push(call);
      characters += sizeOf(call);
      while (calls.length > MAX_CALLS || characters > MAX_CHARACTERS) {
        const [oldest] = calls.splice(0, 1);
        if (oldest) characters -= sizeOf(oldest);
      }
    },

    list(query) {
      const limit = query.integer('limit', 50, 1, 200);
      const before = query.integer('cursor', Number.MAX_SAFE_INTEGER, 1, 1e15);
      const sid = query.text('sid');
      const isWanted = sid === undefined ? () => true : isOfSession(sid);
      const wanted = calls.filter((call) => call.id < before && isWanted(call));
      const rejections: RejectedCall[] = [];
      let size = 0;
      for (const call of wanted.toReversed()) {
        size += sizeOf(call);
        if (rejections.length === limit || (rejections.length > 0 && size > MAX_PAGE)) break;
        rejections.push(call);
      }
      const next = wanted.length > rejections.length ? rejections.at(-1)?.id : undefined;
      return { rejections, ...(next !== undefined && { cursor: String(next) }) };
    },

    clear() {
      calls.length = 0;
      characters = 0;
    },
  };
}

/** Makes the function that tells the calls of a session: its id is in the path, or in the body by the Media Edge API. */
function isOfSession(sid: string): (call: RejectedCall) => boolean {
  const inBody = isSessionId(sid) ? new RegExp(`"sessionID"\\s*:\\s*"${sid.replaceAll('.', '\\.')}"`) : undefined;
  return ({ path, body }) => findRoute(path)?.parameter === sid || (body !== null && inBody?.test(body) === true);
}

/** A body that did not come as JSON text: bytes that are none, or what a host's parser made of it. */
function textOf(body: unknown): string | null {
  if (body === undefined) return null;
  if (typeof body === 'string') return body;
  if (body instanceof Uint8Array) return new TextDecoder().decode(body);
  try {
    return JSON.stringify(body);
  } catch {
    return null; // nested deeper than the stack
  }
}

function sizeOf({ path, body, errors }: RejectedCall): number {
  const reasons = errors.reduce((size, problem) => size + problem.path.length + problem.reason.length, 0);
  return path.length + (body?.length ?? 0) + reasons;
}
