import { hex } from '../../src/common/text.ts';

const encoder = new TextEncoder();

/** Signs the body of a request: its bytes exactly as they are sent, at a moment in Unix milliseconds. */
export type Signer = (body: Uint8Array, now: number) => Promise<string>;

/**
 * Makes the signature of requests: `t=<Unix seconds>,sha256=<hex>`. The hex digits are the HMAC-SHA256, under
 * the secret, of the seconds, a full stop and the body, so that an old request cannot be sent again as new.
 */
export function signer(secret: string): Signer {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  let key: ReturnType<typeof crypto.subtle.importKey> | undefined;
  return async (body, now) => {
    key ??= crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['sign']);
    const seconds = Math.floor(now / 1000);
    const prefix = encoder.encode(`${seconds}.`);
    const signed = new Uint8Array(prefix.length + body.length);
    signed.set(prefix);
    signed.set(body, prefix.length);
    const digest = await crypto.subtle.sign(algorithm.name, await key, signed);
    return `t=${seconds},sha256=${hex(new Uint8Array(digest))}`;
  };
}
