import { Readable } from 'node:stream';
import { BodyUnreadable } from '../../src/call.ts';
import type { NodeRequest } from './node.ts';

const FORM = /^\s*(application\/x-www-form-urlencoded|multipart\/form-data)\b/i;

/**
 * Reads the body of a request, as bytes or as what a host's parser made of it. The stream decides, not
 * `parsed`: a parser that skips a body leaves `{}` there and the stream unread (Express 4 does).
 */
export async function readBody(req: NodeRequest, parsed: unknown, maxBytes: number): Promise<unknown> {
  if (Number(req.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(req);
  if (req instanceof Readable && !req.readableDidRead) return readStream(req, maxBytes);

  if (parsed === undefined) throw new BodyUnreadable('consumed');
  if (typeof parsed === 'string' || parsed instanceof Uint8Array) {
    if (Buffer.byteLength(parsed) > maxBytes) throw tooLarge(req);
  } else if (FORM.test(req.headers['content-type'] ?? '') && isFormLike(parsed)) {
    throw new BodyUnreadable('form');
  }
  return parsed;
}

/** `for await` ends with the stream however that ends, where its events may never come. */
async function readStream(stream: Readable, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    // Left early, the stream must live on, or the client could not read the reply.
    for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
      length += chunk.length;
      if (length > maxBytes) break;
      chunks.push(chunk);
    }
  } catch {
    throw new BodyUnreadable('aborted');
  }
  if (length > maxBytes) throw tooLarge(stream);
  const [first] = chunks;
  return chunks.length === 1 && first ? first : Buffer.concat(chunks);
}

/** What is left of the body is thrown away as it comes: many clients read no answer before they sent all. */
function tooLarge(req: unknown): BodyUnreadable {
  if (req instanceof Readable) req.resume();
  return new BodyUnreadable('too-large');
}

/** A form parser makes strings, and lists and objects of strings; an event has numbers. */
function isFormLike(value: unknown, levels = 8): boolean {
  if (typeof value === 'string') return true;
  if (typeof value !== 'object' || value === null || levels === 0) return false;
  return Object.values(value).every((member) => isFormLike(member, levels - 1));
}
