/** Where the inspector is mounted, with a slash at its end, by the path of its page. */
export function mountOf(pathname: string): string {
  return pathname.endsWith('/') ? pathname : `${pathname}/`;
}
