import { BodyUnreadable } from '../../src/call.ts';

/** Reads the body of a request as bytes. One of undeclared length is read up to the limit and no further. */
export async function readBody(request: Request, maxBytes: number): Promise<Uint8Array> {
  const declared = request.headers.get('content-length');
  if (Number(declared) > maxBytes) throw tooLarge(request);
  if (request.bodyUsed) throw new BodyUnreadable('consumed');

  const bytes = declared === null ? await readStream(request, maxBytes) : await readWhole(request);
  if (bytes.length > maxBytes) throw tooLarge(request);
  return bytes;
}

/** A server hands on no more than was declared. Reading at once spares most of them a stream. */
async function readWhole(request: Request): Promise<Uint8Array> {
  try {
    return new Uint8Array(await request.arrayBuffer());
  } catch {
    throw new BodyUnreadable(request.bodyUsed ? 'aborted' : 'consumed'); // unused, it is someone else's to read
  }
}

/** The body, or somewhat more of it than the limit. */
async function readStream({ body }: Request, maxBytes: number): Promise<Uint8Array> {
  if (body === null) return new Uint8Array();
  if (body.locked) throw new BodyUnreadable('consumed');
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = body.getReader();
  try {
    while (length <= maxBytes) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value);
      length += value.length;
    }
  } catch {
    throw new BodyUnreadable('aborted');
  } finally {
    reader.releaseLock();
  }
  return concat(chunks, length);
}

/** What is left of the body is thrown away as it comes: many clients read no answer before they sent all. */
function tooLarge({ body }: Request): BodyUnreadable {
  if (body && !body.locked) body.pipeTo(new WritableStream()).catch(() => {}); // it ends when its client goes away
  return new BodyUnreadable('too-large');
}

function concat(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
