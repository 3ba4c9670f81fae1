import { isObject } from '../common/json.ts';

/** What stands around each record of an answer, for clients that read it as a stream of records. */
export interface Framing {
  readonly recordSeparator: string;
  readonly lineFeed: string;
}

/** What the mobile SDKs ask for. */
const DEFAULT: Framing = { recordSeparator: '\u0000', lineFeed: '\n' };

/** The most characters of each: an answer repeats what the request says. */
const MAX_LENGTH = 8;

/**
 * The framing that a request asks for in `meta.konductorConfig.streaming`. The mobile SDKs all do, and Android's drops
 * the first character of the answer unseen; without that meta there must be none, since the Web SDK reads plain JSON.
 */
export function framingOf(body: unknown): Framing | undefined {
  const streaming = member(member(member(body, 'meta'), 'konductorConfig'), 'streaming');
  if (member(streaming, 'enabled') !== true) return undefined;
  return {
    recordSeparator: shortText(member(streaming, 'recordSeparator')) ?? DEFAULT.recordSeparator,
    lineFeed: shortText(member(streaming, 'lineFeed')) ?? DEFAULT.lineFeed,
  };
}

function member(value: unknown, key: string): unknown {
  return isObject(value) ? value[key] : undefined;
}

function shortText(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= MAX_LENGTH ? value : undefined;
}
