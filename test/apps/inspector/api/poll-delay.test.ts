import { describe, expect, it } from 'vitest';
import { pollDelay } from '../../../../apps/inspector/api/poll-delay.ts';

describe('polling', () => {
  it('is every second, rarer while the tab is hidden, and backs off while the server is away', () => {
    expect(pollDelay(0, false)).toBe(1000);
    expect(pollDelay(0, true)).toBe(15_000);
    expect([1, 2, 3, 4, 50].map((failures) => pollDelay(failures, false))).toEqual([2000, 4000, 8000, 10_000, 10_000]);
  });
});
