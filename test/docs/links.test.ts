import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PAGES, read, root } from './pages.ts';

/** The places of a page that a link may lead to: GitHub makes them of the headings. */
function anchorsOf(page: string): string[] {
  return [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Tells whether a link of a page leads to a file, and to a heading in it where it names one. */
function leadsSomewhere(page: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? page : normalize(join(dirname(page), file));
  return existsSync(join(root, target)) && (anchor === undefined || anchorsOf(target).includes(anchor));
}

describe('the links of the pages lead somewhere:', () => {
  it.each(PAGES)('%s', (page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !leadsSomewhere(page, link))).toEqual([]);
  });
});

it('every page is one click away from the README', () => {
  const readme = read('README.md');
  const unlinked = PAGES.filter((page) => page !== 'README.md' && !readme.includes(`](${page})`));
  expect(unlinked).toEqual(['CHANGELOG.md']);
});

it('every page that the code names is there, and every place in it', () => {
  const named = ['src', 'adapters', 'apps'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .flatMap((name) => read(join(folder, name)).match(/docs\/[a-z-]+\.md(#[a-z0-9-]+)?/g) ?? []),
  );
  expect([...new Set(named)].filter((page) => !leadsSomewhere('README.md', page))).toEqual([]);
});
