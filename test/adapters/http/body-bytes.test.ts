import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { append, NO_BYTES } from '../../../adapters/http/body-bytes.ts';
import { readBody as readFetchBody } from '../../../adapters/http/fetch-body.ts';
import type { NodeRequest } from '../../../adapters/http/node.ts';
import { readBody as readNodeBody } from '../../../adapters/http/node-body.ts';

const SIZE = 200_000;
const LIMIT = 1_048_576;

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

function heap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

describe('a body in pieces', () => {
  it('is put together byte for byte, and no piece is written into', () => {
    const pieces = fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 40 });
    fc.assert(
      fc.property(pieces, (pieces) => {
        const before = pieces.map((piece) => [...piece]);
        let held = NO_BYTES;
        let length = 0;
        for (const piece of pieces) {
          held = append(held, length, piece);
          length += piece.length;
          expect(held.length).toBeLessThanOrEqual(2 * length);
        }
        expect([...held.subarray(0, length)]).toEqual(before.flat());
        expect(pieces.map((piece) => [...piece])).toEqual(before);
      }),
    );
  });

  it('takes no more memory from node for coming a byte at a time', async () => {
    const body = new PassThrough();
    const req = Object.assign(body, { headers: {} }) as unknown as NodeRequest; // it has what is read of a request
    const before = heap();
    const read = readNodeBody(req, undefined, LIMIT);
    for (let sent = 0; sent < SIZE; sent++) {
      body.write(Buffer.of(120));
      if (sent % 1000 === 0) await sleep(0);
    }
    await sleep(10);
    expect(heap() - before).toBeLessThan(8_000_000);
    body.end();
    expect(Buffer.from((await read) as Uint8Array).equals(Buffer.alloc(SIZE, 'x'))).toBe(true);
  });

  it('takes no more memory from fetch for coming a byte at a time', async () => {
    let sent = 0;
    let held = 0;
    const before = heap();
    const stream = new ReadableStream({
      async pull(controller) {
        if (sent === SIZE) {
          held = heap() - before;
          return controller.close();
        }
        controller.enqueue(Uint8Array.of(120));
        sent += 1;
      },
    });
    const request = new Request('http://localhost', { method: 'POST', body: stream, duplex: 'half' });
    expect(Buffer.from(await readFetchBody(request, LIMIT)).equals(Buffer.alloc(SIZE, 'x'))).toBe(true);
    expect(held).toBeLessThan(8_000_000);
  });
});
