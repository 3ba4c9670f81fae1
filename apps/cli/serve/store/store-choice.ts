/** Where sessions are kept, as `--store` says it. */
export type StoreChoice =
  | { readonly type: 'memory' }
  | { readonly type: 'sqlite'; readonly file: string }
  | { readonly type: 'redis' | 'postgres'; readonly url: string };

const DATABASES: Readonly<Record<string, 'redis' | 'postgres'>> = {
  'redis:': 'redis',
  'rediss:': 'redis',
  'postgres:': 'postgres',
  'postgresql:': 'postgres',
};

/** The store that a text names, or undefined when it names none. */
export function parseStoreChoice(text: string): StoreChoice | undefined {
  if (text === 'memory') return { type: 'memory' };
  const [, file] = /^sqlite:(?!\/\/(?!\/))(.+)$/s.exec(text) ?? []; // sqlite://x would be a file of the root folder
  if (file !== undefined) return { type: 'sqlite', file };
  if (!URL.canParse(text)) return undefined;
  const type = DATABASES[new URL(text).protocol];
  return type && { type, url: text };
}

/** The URL of a database without what may be a password, in the user's place or in a parameter. */
export function withoutPassword(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
}
