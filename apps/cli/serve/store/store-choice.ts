/** Where sessions are kept, as `--store` says it. */
export type StoreChoice =
  | { readonly kind: 'memory' }
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'redis' | 'postgres'; readonly url: string };

const KINDS: Readonly<Record<string, 'redis' | 'postgres'>> = {
  'redis:': 'redis',
  'rediss:': 'redis',
  'postgres:': 'postgres',
  'postgresql:': 'postgres',
};

/** The store that a text names, or undefined when it names none. */
export function readStore(text: string): StoreChoice | undefined {
  if (text === 'memory') return { kind: 'memory' };
  const [, file] = /^sqlite:(?!\/\/(?!\/))(.+)$/s.exec(text) ?? []; // sqlite://x would be a file of the root folder
  if (file !== undefined) return { kind: 'sqlite', file };
  if (!URL.canParse(text)) return undefined;
  const kind = KINDS[new URL(text).protocol];
  return kind && { kind, url: text };
}
