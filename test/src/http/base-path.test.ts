import { describe, expect, it } from 'vitest';
import { checkBasePath, pathBelow } from '../../../src/http/base-path.ts';

describe('a base path', () => {
  it.each(['', '/media', '/media/v2', '/a%20b', '/%C3%A4'])('may be "%s", as URLs have it', (path) => {
    expect(checkBasePath('sessionsHandler', path)).toBe(path);
  });

  it.each(['/a b', '/ä/2', '/{x}', '/日本', '/a|b'])('may be "%s", as URLs do not have it', (path) => {
    const mount = checkBasePath('sessionsHandler', path);
    expect(pathBelow(mount, new URL(`http://localhost${path}/api`).pathname)).toBe('/api');
  });

  it.each(['media', '/', '/media/', '//media', '/a?b', '/a#b', '/..'])('cannot be "%s"', (path) => {
    expect(() => checkBasePath('sessionsHandler', path)).toThrow(
      `sessionsHandler: prefix must be like /media, not ${path}`,
    );
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
