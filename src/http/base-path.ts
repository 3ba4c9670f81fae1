/**
 * The path of a mount as URLs have it, with percent signs for many characters. It has segments, as `/media/v2` has, or
 * is empty, for the root. Throws a TypeError for any other path.
 *
 * @param option What the error calls the path, as in `sessionsHandler: prefix`.
 * @param example A path that the error shows.
 */
export function checkedMount(option: string, example: string, path: string): string {
  if (path === '') return path;
  if (/^\/[^?#]*$/.test(path)) {
    const { pathname } = new URL(`http://host${path}`);
    if (/^(\/[^/]+)+$/.test(pathname)) return pathname;
  }
  throw new TypeError(`${option} must be like ${example}, not ${path}`);
}

/** The part of a path below a mount, which begins with a slash; undefined for a path that is elsewhere. */
export function pathBelow(mount: string, path: string): string | undefined {
  if (path === mount) return '/';
  return path.startsWith(`${mount}/`) ? path.slice(mount.length) : undefined;
}
