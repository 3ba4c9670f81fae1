/**
 * The path to be mounted under as it stands in URLs, which encode many characters: segments, none at all for the root.
 * Throws a TypeError for what is no such path.
 */
export function mountOf(name: string, example: string, path: string): string {
  if (path === '') return path;
  if (/^\/[^?#]*$/.test(path)) {
    const { pathname } = new URL(`http://host${path}`);
    if (/^(\/[^/]+)+$/.test(pathname)) return pathname;
  }
  throw new TypeError(`The ${name} must be like ${example}, not ${path}`);
}

/** The part of a path below a mount, which begins with a slash; undefined for a path that is elsewhere. */
export function pathBelow(mount: string, path: string): string | undefined {
  if (path === mount) return '/';
  return path.startsWith(`${mount}/`) ? path.slice(mount.length) : undefined;
}
