import { describe, expect, it } from 'vitest';
import { isSessionId, newSessionId, requireSessionId } from '../../../src/session/session-id.ts';

describe('newSessionId', () => {
  it('gives 64 lower-case hex digits, never the same again', () => {
    const ids = Array.from({ length: 10_000 }, newSessionId);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('uses every bit: each hex digit comes about as often as any other', () => {
    const counts = new Map<string, number>();
    for (const digit of Array.from({ length: 2000 }, newSessionId).join('')) {
      counts.set(digit, (counts.get(digit) ?? 0) + 1);
    }
    expect(counts.size).toBe(16);
    for (const count of counts.values()) expect(Math.abs(count - 8000)).toBeLessThan(8 * Math.sqrt(8000));
  });
});

describe('isSessionId', () => {
  it('takes what is safe as a path segment and a key', () => {
    for (const id of ['a', 'A-b_c.d~9', 'x'.repeat(128), '__proto__']) expect(isSessionId(id)).toBe(true);
    for (const id of ['', 'x'.repeat(129), 'a/b', '%41', 'a b', 'é', 'a\n', '\0']) expect(isSessionId(id)).toBe(false);
  });
});

describe('requireSessionId', () => {
  it('tells the embedder what newId must return', () => {
    expect(() => requireSessionId('a/b')).toThrow(/newId must return 1 to 128 characters/);
  });
});
