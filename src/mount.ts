/** Throws a TypeError for what is no path to be mounted under: segments, none at all for the root. */
export function requireMount(name: string, example: string, path: string): void {
  if (/^(\/[^/?#]+)*$/.test(path)) return;
  throw new TypeError(`The ${name} must be like ${example}, not ${path}`);
}

/** The part of a path below a mount, which begins with a slash; undefined for a path that is elsewhere. */
export function pathBelow(mount: string, path: string): string | undefined {
  if (path === mount) return '/';
  return path.startsWith(`${mount}/`) ? path.slice(mount.length) : undefined;
}
