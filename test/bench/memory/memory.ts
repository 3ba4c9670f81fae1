import { benchAppend } from './append.ts';
import { benchMillionSessions } from './million-sessions.ts';

/** The memory store by itself. */
export async function benchMemory(): Promise<void> {
  await benchAppend();
  await benchMillionSessions();
}
