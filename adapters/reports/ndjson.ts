import { type FileHandle, open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { SessionClosed } from '../../src/close-delivery/close-hook.ts';
import { timeSlices } from '../../src/common/event-loop.ts';
import { jsonBytes } from '../../src/common/json-bytes.ts';

/** A line that is to be written, and the hook call that waits for it. */
interface Waiting {
  /** In UTF-8, without its end. */
  readonly line: Uint8Array;
  readonly written: () => void;
  readonly failed: (error: unknown) => void;
}

const NEWLINE = 0x0a;
const LINE_END = Uint8Array.of(NEWLINE);

/**
 * Makes an `onSessionClose` hook that appends the report of each closed session to a file: one line of JSON
 * each (NDJSON). The hook resolves once its line is on the disk, and rejects when it cannot be written, so
 * that the collector tries again.
 *
 * A report can be there twice, after a crash or a full disk, and a crash can leave a line that was cut: a
 * reader skips lines that are no JSON, and repeats by their `sid`. The next line never continues a cut one.
 * The file is opened for each write, so it can be moved away to be rotated.
 *
 * @param path The file, made when it is missing; its folder must exist.
 * @throws TypeError when it is no path.
 *
 * @example
 * createCollector({ store: sqliteStore('sessions.db'), onSessionClose: ndjsonReports('reports.ndjson') });
 */
export function ndjsonReports(path: string): (closed: SessionClosed) => Promise<void> {
  if (typeof path !== 'string' || path === '') throw new TypeError('ndjsonReports: give it the path of a file');
  const file = resolve(path); // whatever becomes the working directory
  const slice = timeSlices(); // for all reports that are written out at one time
  let waiting: Waiting[] = [];
  let writing = false;

  /** Writes what waits, and then what came to wait meanwhile: one write and one sync for all of it. */
  async function writeAll(): Promise<void> {
    writing = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await append(
          file,
          batch.flatMap(({ line }) => [line, LINE_END]),
        );
        for (const { written } of batch) written();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    writing = false;
  }

  return async ({ report }) => {
    const line = await jsonBytes(report, slice);
    await new Promise<void>((written, failed) => {
      waiting.push({ line, written, failed });
      if (!writing) void writeAll();
    });
  };
}

/** Appends whole lines, and resolves once they survive a loss of power. */
async function append(file: string, lines: readonly Uint8Array[]): Promise<void> {
  const handle = await open(file, 'a+');
  try {
    const opened = await handle.stat();
    const { size } = opened;
    const cut = size > 0 && (await lastByte(handle, size)) !== NEWLINE;
    await handle.appendFile(Buffer.concat(cut ? [LINE_END, ...lines] : lines));
    if (!opened.isFile()) return; // a pipe or a device, such as /dev/stdout, has no disk to wait for, and refuses to
    await handle.datasync();
    if (size === 0) await syncFolder(dirname(file));
  } finally {
    await handle.close();
  }
}

async function lastByte(handle: FileHandle, size: number): Promise<number | undefined> {
  const { buffer } = await handle.read({ buffer: Buffer.alloc(1), position: size - 1 });
  return buffer[0];
}

/** The name of a new file is kept by its folder. Windows has no such sync, and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
