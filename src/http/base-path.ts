/**
 * The path of a mount as URLs have it, with percent signs for many characters. It has segments, as `/media/v2` has, or
 * is empty, for the root.
 *
 * @param owner The function that takes it, for the error.
 * @throws TypeError for any other path.
 */
export function checkBasePath(owner: string, path: string): string {
  if (path === '') return path;
  if (/^\/[^?#]*$/.test(path)) {
    const { pathname } = new URL(`http://host${path}`);
    if (/^(\/[^/]+)+$/.test(pathname)) return pathname;
  }
  throw new TypeError(`${owner}: prefix must be like /media, not ${path}`);
}

/** The part of a path below a base path, which begins with a slash; undefined for a path that is elsewhere. */
export function pathBelow(basePath: string, path: string): string | undefined {
  if (path === basePath) return '/';
  return path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : undefined;
}
