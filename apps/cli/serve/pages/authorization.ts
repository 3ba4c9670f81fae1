import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Call } from '../../../../src/http/call.ts';
import { isLoopback } from '../loopback.ts';

/** Tells whether a call may see what is not for everyone: the inspector and the metrics. */
export type Authorize = (call: Call) => boolean;

/** Asks for the token, as `Authorization: Bearer`. The time it takes tells nothing about it. */
export function bearer(token: string): Authorize {
  const key = randomBytes(32);
  const digest = (text: string) => createHmac('sha256', key).update(text).digest();
  const expected = digest(token);
  return (call) => {
    const [, given = ''] = /^bearer +(\S+) *$/i.exec(call.header('authorization') ?? '') ?? [];
    return timingSafeEqual(digest(given), expected);
  };
}

/** What proxies add for whom they speak. */
const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'];

/**
 * Asks that the call was made to this machine by a name that nobody else can give it. A web page may have its own
 * name lead here (DNS rebinding), and would then be let in by the browser; its name is what the Host header says.
 * Behind a proxy on this machine anyone may ask, and the Host be the proxy's own.
 */
export function fromThisMachine(call: Call): boolean {
  if (FORWARDED.some((name) => call.header(name) !== undefined)) return false;
  const [, name = ''] = /^(\[[^\]]+\]|[^:]*)(?::\d+)?$/.exec(call.header('host') ?? '') ?? [];
  return name.toLowerCase() === 'localhost' || isLoopback(name.replace(/^\[(.*)\]$/, '$1'));
}
