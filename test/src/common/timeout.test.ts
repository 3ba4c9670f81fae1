import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startTimeout, withTimeout } from '../../../src/common/timeout.ts';

describe('startTimeout', () => {
  it('calls at once, without a warning, where no time is left', async () => {
    const onWarning = vi.fn();
    process.on('warning', onWarning);
    onTestFinished(() => void process.off('warning', onWarning));
    await new Promise<void>((resolve) => startTimeout(-1, resolve));
    await sleep(20);
    expect(onWarning.mock.calls.map(([{ name }]) => name)).not.toContain('TimeoutNegativeWarning');
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
    const { port1, port2 } = new MessageChannel();
    onTestFinished(() => port1.close());
    await sleep(0); // in the turn of timers: others run before what comes from elsewhere
    const answered = withTimeout(500, once(port2, 'message'), 'too slow');
    port1.postMessage('an answer');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600);
    expect(await answered).toEqual(['an answer']);
  });
});
