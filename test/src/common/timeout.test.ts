import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startTimeout, withTimeout } from '../../../src/common/timeout.ts';

describe('startTimeout', () => {
  it('calls at once, without a warning, where no time is left', async () => {
    const warning = once(process, 'warning').then(([{ name }]) => name);
    const timedOut = new Promise((resolve) => startTimeout(-1, () => resolve('timed out')));
    expect(await Promise.race([warning, timedOut])).toBe('timed out');
    expect(await Promise.race([warning, sleep(50, 'no warning')])).toBe('no warning');
  });
});

describe('withTimeout', () => {
  it('settles as the promise does, and leaves no timer behind', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    expect(await withTimeout(1000, Promise.resolve('done'), 'too slow')).toBe('done');
    await expect(withTimeout(1000, Promise.reject(new Error('failed')), 'too slow')).rejects.toThrow('failed');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('rejects once the time is over, with a message or an error of the caller', async () => {
    const never = new Promise(() => {});
    await expect(withTimeout(120, never, 'too slow')).rejects.toThrow('too slow');
    const error = new RangeError('too slow');
    await expect(withTimeout(0, never, () => error)).rejects.toBe(error);
  });

  it('takes an answer that came during a pause of the process that was longer than the timeout', async () => {
    const reading = readFile(import.meta.filename);
    const read = withTimeout(250, reading, 'too slow');
    const end = performance.now() + 600;
    while (performance.now() < end);
    expect(await read).toEqual(await reading);
  });
});
