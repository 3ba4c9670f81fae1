import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder that the names of pages are relative to. */
export const root = new URL('../../', import.meta.url).pathname;

export const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** All that is written for people. */
export const PAGES: readonly string[] = [
  ...['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md'],
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** A block of code of a page. */
export interface Block {
  /** The page and the line it is on, for whoever looks for it. */
  readonly name: string;
  readonly language: string;
  readonly code: string;
}

/** The blocks of code of a page, those in lists too. */
export function blocksOf(page: string): Block[] {
  const text = read(page);
  return [...text.matchAll(/^( *)```(\w*)\n([\s\S]*?)^ *```$/gm)].map(
    ({ index, 1: indent = '', 2: language = '', 3: code = '' }) => ({
      name: `${page}:${text.slice(0, index).split('\n').length}`,
      language,
      code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    }),
  );
}
