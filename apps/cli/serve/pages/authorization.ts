import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Call } from '../../../../src/http/call.ts';
import { BadInput } from '../../errors.ts';
import { isLoopback } from '../ip-address.ts';
import type { TextReply } from './text-page.ts';

/** Tells whether a call may see what is not for everyone: the inspector and the metrics. */
type Authorize = (call: Call) => boolean;

/** Who may see what is not for everyone, and what the others get. */
export interface Access {
  readonly authorize: Authorize;
  readonly rejection: TextReply;
  /** Whether a token is what gives access. */
  readonly byToken: boolean;
}

const NEEDS_TOKEN: TextReply = {
  status: 401,
  text: 'Send the token of this server: Authorization: Bearer TOKEN.\n',
  headers: { 'WWW-Authenticate': 'Bearer' },
};
const NEEDS_THIS_MACHINE: TextReply = {
  status: 403,
  text: 'Without a token this is only shown on http://localhost, http://127.0.0.1 and http://[::1], through no proxy.\n',
};

/** The headers that proxies add for the client whose call they forward. */
const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'];

/**
 * Gives access to those who have the token, where there is one; else to this machine, where only this machine reaches
 * the server (`isPrivate`); else to everyone.
 */
export function accessOf(token: string | undefined, isPrivate: boolean): Access {
  if (token !== undefined) return { authorize: bearer(token), rejection: NEEDS_TOKEN, byToken: true };
  return { authorize: isPrivate ? fromThisMachine : () => true, rejection: NEEDS_THIS_MACHINE, byToken: false };
}

/** Throws a BadInput for a server that others reach and whose inspector is open to them. */
export function requireGuardedInspector(settings: {
  readonly host: string;
  readonly inspector: boolean;
  readonly token: string | undefined;
}): void {
  const { host, inspector, token } = settings;
  if (!inspector || token !== undefined) return;
  throw new BadInput(
    `on ${host} others can reach the inspector: set MEDIA_SESSIONS_TOKEN, or leave the inspector out with --no-inspector; ` +
      'see docs/serve.md',
  );
}

/** Accepts calls that have the token, as `Authorization: Bearer`. The time it takes tells nothing about the token. */
function bearer(token: string): Authorize {
  const key = randomBytes(32);
  const digest = (text: string) => createHmac('sha256', key).update(text).digest();
  const expected = digest(token);
  return (call) => {
    const [, given = ''] = /^bearer +(\S+) *$/i.exec(call.header('authorization') ?? '') ?? [];
    return timingSafeEqual(digest(given), expected);
  };
}

/**
 * Accepts calls to this machine by a name that nobody else can give it. A web page may have its own name lead here (DNS
 * rebinding), and the browser would then let it in; but its name is what the Host header says. Behind a proxy on this
 * machine anyone may call, and the Host may be the proxy's own.
 */
function fromThisMachine(call: Call): boolean {
  if (FORWARDED.some((name) => call.header(name) !== undefined)) return false;
  const [, name = ''] = /^(\[[^\]]+\]|[^:]*)(?::\d+)?$/.exec(call.header('host') ?? '') ?? [];
  return name.toLowerCase() === 'localhost' || isLoopback(name.replace(/^\[(.*)\]$/, '$1'));
}
