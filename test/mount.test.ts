import { describe, expect, it } from 'vitest';
import { pathBelow, requireMount } from '../src/mount.ts';

describe('a mount', () => {
  it.each(['', '/media', '/media/v2', '/a b', '/ä'])('may be "%s"', (path) => {
    expect(() => requireMount('prefix', '/media', path)).not.toThrow();
  });

  it.each(['media', '/', '/media/', '//media', '/a?b', '/a#b'])('cannot be "%s"', (path) => {
    expect(() => requireMount('prefix', '/media', path)).toThrow(`The prefix must be like /media, not ${path}`);
  });

  it.each([
    ['', '/api', '/api'],
    ['', '/', '/'],
    ['/media', '/media', '/'],
    ['/media', '/media/', '/'],
    ['/media', '/media/api', '/api'],
    ['/media', '/media2/api', undefined],
    ['/media', '/api', undefined],
  ])('at "%s" has of %s what is below: %s', (mount, path, below) => {
    expect(pathBelow(mount, path)).toBe(below);
  });
});
