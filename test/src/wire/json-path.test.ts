import { describe, expect, it } from 'vitest';
import { excerpt, subscript } from '../../../src/wire/json-path.ts';

const texts = [0, 1].map((before) => 'x'.repeat(before) + '🎬'.repeat(200));

describe("a client's text in an answer", () => {
  it.each(texts)('is cut between characters', (text) => {
    expect(excerpt(text)).toMatch(/^x?(🎬){31,32}…$/u);
  });

  it('is whole when it is short', () => {
    expect(excerpt('x'.repeat(64))).toBe('x'.repeat(64));
  });

  it.each(texts)('is cut between characters where a path has it', (key) => {
    expect(JSON.parse(`"${subscript(key)}"`)).toMatch(/^\['x?(🎬){31,32}…'\]$/u);
  });
});
