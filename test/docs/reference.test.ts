import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OPTIONS as FLAGS } from '../../apps/cli/serve/settings/options.ts';
import { reportSchema, type SessionReport } from '../../src/index.ts';
import { DIAGNOSTIC_CODES, SEVERITIES } from '../../src/report/schema/diagnostic-schema.ts';
import type { JsonSchema } from '../../src/wire/json-schema.ts';
import type { RejectionCode } from '../../src/wire/replies.ts';

const root = new URL('../../', import.meta.url).pathname;
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** Every code of a rejection: the compiler sees to it that none is missing. */
const REJECTION_CODES: Readonly<Record<RejectionCode, true>> = {
  unreadable: true,
  'missing-field': true,
  'unknown-field': true,
  'wrong-value': true,
  'misplaced-event': true,
  malformed: true,
  'unknown-path': true,
  'unknown-schema': true,
  'unknown-session': true,
  'method-not-allowed': true,
  'closed-session': true,
  'body-too-large': true,
  'session-too-long': true,
  failed: true,
  unavailable: true,
};

/** The codes that a table of a page has in one of its columns. */
function column(page: string, index: number): string[] {
  const rows = read(page).matchAll(/^\|(.*)\|$/gm);
  const cells = [...rows].map(([, row = '']) => row.split(' | ')[index]?.trim().replace(/^\| ?/, '') ?? '');
  return cells.flatMap((cell) => /^`([^`]+)`/.exec(cell)?.[1] ?? []);
}

describe('the pages name', () => {
  it('every code of a rejection, and no other', () => {
    expect(column('docs/errors.md', 1).sort()).toEqual(Object.keys(REJECTION_CODES).sort());
  });

  it('every diagnostic with its severity, and no other', () => {
    const [, page = ''] = read('docs/reports.md').split('\n## Diagnostics\n');
    const rows = [...page.matchAll(/^\| `([a-z-]+)` +\| (error|warning|info) /gm)].map(([, code, severity]) => [
      code,
      severity,
    ]);
    expect(rows).toEqual(DIAGNOSTIC_CODES.map((code) => [code, SEVERITIES[code]]));
  });

  it('every field of a report', () => {
    const page = read('docs/reports.md');
    const missing = fieldsOf(reportSchema).filter((name) => !page.includes(`\`${name}\``));
    expect(missing).toEqual([]);
  });

  it('every option of a collector', () => {
    const named = [...read('src/collector/options.ts').matchAll(/^ {2}readonly (\w+)\?:/gm)].map(([, name]) => name);
    expect(
      column('README.md', 0)
        .filter((name) => named.includes(name))
        .sort(),
    ).toEqual(named.sort());
  });

  it('every flag of serve with its variables', () => {
    const page = read('docs/serve.md');
    for (const [flag, { variables }] of Object.entries(FLAGS)) {
      expect(page, flag).toMatch(new RegExp(`--(?:no-)?${flag}\\b`));
      for (const variable of variables) expect(page).toContain(`\`${variable}`);
    }
  });
});

describe('the links of the pages lead somewhere:', () => {
  const pages = ['README.md', 'CONTRIBUTING.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)];
  it.each(pages.filter((page) => page.endsWith('.md')))('%s', (page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(join(root, dirname(page), link)))).toEqual([]);
  });
});

it('README.md is read within a few minutes', () => {
  expect(read('README.md').split('\n').length).toBeLessThanOrEqual(151);
});

/** The names of the fields of a schema and of those below them, but for the diagnostics, which have their own table. */
function fieldsOf({ properties = {}, items, additionalProperties }: JsonSchema): string[] {
  const below = [...Object.values(properties), ...(items ? [items] : [])].flatMap(fieldsOf);
  const others = typeof additionalProperties === 'object' ? fieldsOf(additionalProperties) : [];
  const own = Object.keys(properties) as (keyof SessionReport)[]; // as the schema has them
  return [...own, ...below, ...others];
}
