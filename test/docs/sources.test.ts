import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** The pages that docs/sources.md lists under the heading of Adobe's documentation, by the names they are cited by. */
function listedPages(): string[] {
  const [, section = ''] = /^## Adobe's documentation$(.*?)^## /ms.exec(readFileSync('docs/sources.md', 'utf8')) ?? [];
  return [...section.matchAll(/^- `(.+?)`: </gm)].map(([, name = '']) => name);
}

/** The pages that comments cite, as `doc: one` or `doc: one, another`; a comment may break such a list anywhere. */
function citedPages(): string[] {
  return ['src', 'adapters', 'apps'].flatMap(sourceTexts).flatMap((text) => {
    const unbroken = text.replace(/\s*\n\s*(?:\*|\/\/)\s*/g, ' ');
    return [...unbroken.matchAll(/\bdoc: ([^).;]+)/g)].flatMap(([, names = '']) => names.trim().split(', '));
  });
}

function sourceTexts(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => readFileSync(join(folder, path), 'utf8'));
}

describe('docs/sources.md', () => {
  const listed = listedPages();
  const cited = citedPages();

  it('lists every page of the documentation that a comment cites', () => {
    expect(cited.filter((name) => !listed.includes(name))).toEqual([]);
  });

  it('lists no page that no comment cites, and none twice', () => {
    expect(listed.filter((name, at) => !cited.includes(name) || listed.indexOf(name) !== at)).toEqual([]);
  });

  it('gives each page the address that ends with its name', () => {
    const text = readFileSync('docs/sources.md', 'utf8');
    expect(listed.filter((name) => !new RegExp(`^- \`${name}\`: <https://\\S+/${name}>`, 'm').test(text))).toEqual([]);
  });
});
