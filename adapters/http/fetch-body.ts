import { BodyUnreadable } from '../../src/http/call.ts';
import { append, NO_BYTES } from './body-bytes.ts';

/**
 * Reads the body of a request as bytes. One of undeclared length is read up to the limit and no further; so is one
 * that may have been decompressed on its way here, whose declared length is that of what was sent.
 */
export async function readBody(request: Request, maxBytes: number): Promise<Uint8Array> {
  const { headers } = request;
  const declared = headers.get('content-length');
  if (Number(declared) > maxBytes) throw tooLarge(request);
  if (request.bodyUsed) throw new BodyUnreadable('body-consumed');

  const isWhole = declared !== null && !headers.has('content-encoding');
  const bytes = isWhole ? await readWhole(request) : await readStream(request, maxBytes);
  if (bytes.length > maxBytes) throw tooLarge(request);
  return bytes;
}

/** A server hands on no more than was declared. Reading at once spares most of them a stream. */
async function readWhole(request: Request): Promise<Uint8Array> {
  try {
    return new Uint8Array(await request.arrayBuffer());
  } catch {
    throw new BodyUnreadable(request.bodyUsed ? 'body-aborted' : 'body-consumed'); // unused, it is someone else's to read
  }
}

/** The body, or somewhat more of it than the limit. */
async function readStream({ body }: Request, maxBytes: number): Promise<Uint8Array> {
  if (body === null) return new Uint8Array();
  if (body.locked) throw new BodyUnreadable('body-consumed');
  let held = NO_BYTES;
  let length = 0;
  const reader = body.getReader();
  try {
    while (length <= maxBytes) {
      const { done, value } = await reader.read();
      if (done) break;
      held = append(held, length, value);
      length += value.length;
    }
  } catch {
    throw new BodyUnreadable('body-aborted');
  } finally {
    reader.releaseLock();
  }
  return held.subarray(0, length);
}

/** What is left of the body is thrown away as it comes: many clients read no answer before they sent all. */
function tooLarge({ body }: Request): BodyUnreadable {
  if (body && !body.locked) body.pipeTo(new WritableStream()).catch(() => {}); // it ends when its client goes away
  return new BodyUnreadable('body-too-large');
}
