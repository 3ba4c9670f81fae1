import { describe, expect, it } from 'vitest';
import { createMetrics } from '../../apps/cli/serve/pages/metrics.ts';
import { OPTIONS as FLAGS } from '../../apps/cli/serve/settings/options.ts';
import { reportSchema, type SessionReport } from '../../src/index.ts';
import { ENDPOINTS as INSPECTOR } from '../../src/inspector/endpoints.ts';
import { DIAGNOSTIC_CODES, SEVERITIES } from '../../src/report/schema/diagnostic-schema.ts';
import type { JsonSchema } from '../../src/wire/json-schema.ts';
import type { RejectionCode } from '../../src/wire/replies.ts';
import { read } from './pages.ts';

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

/** The part of a page from one heading to the next of its kind. */
function section(page: string, heading: string): string {
  const [, after = ''] = read(page).split(`\n## ${heading}\n`);
  return after.split('\n## ')[0] ?? '';
}

/** What the rows of the tables in a text begin with. */
function rowsOf(text: string): string[] {
  return [...text.matchAll(/^\| `([^`]+)`/gm)].flatMap(([, name]) => name ?? []);
}

/** The members of an interface of a file: its optional properties, or its methods. */
function membersOf(file: string, name: string, member: RegExp): string[] {
  const [, text = ''] = new RegExp(`interface ${name} \\{([\\s\\S]*?)^\\}`, 'm').exec(read(file)) ?? [];
  const members = [...text.matchAll(member)].flatMap(([, found]) => found ?? []);
  if (members.length === 0) throw new Error(`Expected ${file} to have ${name}`);
  return members;
}

const PROPERTY = /^ {2}readonly (\w+)\?:/gm;
const METHOD = /^ {2}(\w+)\(/gm;

describe('the pages name', () => {
  it('every code of a rejection, and no other', () => {
    const rows = section('docs/errors.md', 'Codes').matchAll(/^\| \d+ +\| `([a-z-]+)`/gm);
    expect([...rows].map(([, code]) => code).sort()).toEqual(Object.keys(REJECTION_CODES).sort());
  });

  it('every type of problem of the Media Edge API, and no other', () => {
    const types = (file: string) => [...new Set(read(file).match(/(?:va-edge|EXEG)-\d+-\d+|about:blank/g))].sort();
    expect(types('docs/errors.md')).toEqual(types('src/edge/replies.ts'));
  });

  it('every diagnostic with its severity, and no other', () => {
    const table = section('docs/reports.md', 'Diagnostics');
    const rows = [...table.matchAll(/^\| `([a-z-]+)` +\| (error|warning|info) /gm)].map(([, code, severity]) => [
      code,
      severity,
    ]);
    expect(rows).toEqual(DIAGNOSTIC_CODES.map((code) => [code, SEVERITIES[code]]));
  });

  it('every field of a report, and no other', () => {
    const rows = new Set(rowsOf(section('docs/reports.md', 'Every field')));
    const fields = fieldsOf(reportSchema);
    const described = read('docs/reports.md');
    expect(fields.filter((name) => !described.includes(`\`${name}\``))).toEqual([]);
    expect([...rows].filter((name) => !fields.includes(name))).toEqual([]);
  });

  it('every option of a collector, and no other', () => {
    const options = membersOf('src/collector/options.ts', 'CollectorOptions', PROPERTY);
    expect(rowsOf(section('README.md', 'Options')).sort()).toEqual(options.sort());
  });

  it('every flag of serve with its variables', () => {
    const page = read('docs/serve.md');
    for (const [flag, { variables }] of Object.entries(FLAGS)) {
      expect(page, flag).toMatch(new RegExp(`--(?:no-)?${flag}\\b`));
      for (const variable of variables) expect(page).toContain(`\`${variable}`);
    }
    const named = [...page.matchAll(/^\| `--(?:no-)?([a-z-]+)/gm)].map(([, flag]) => flag);
    expect(named).toEqual(Object.keys(FLAGS));
  });

  it('every metric of serve, and no other', async () => {
    const { text } = await createMetrics(async () => 0).page();
    const served = [...text.matchAll(/^# TYPE (media_\w+)/gm)].map(([, name]) => name);
    expect(rowsOf(section('docs/production.md', 'Health, metrics, alerts'))).toEqual(served);
  });

  it("every endpoint of the inspector's API, and no other", () => {
    const { page: _page, ...api } = INSPECTOR;
    const served = Object.values(api).map(({ path, methods: [method] }) => `${method} ${path.slice(1)}`);
    const named = rowsOf(section('docs/inspector.md', 'The API')).flatMap((row) => /^[^?]*/.exec(row) ?? []);
    expect(named.sort()).toEqual(served.sort());
  });

  it('every method of a store, and no other', () => {
    const methods = membersOf('src/session/store.ts', 'SessionStore', METHOD);
    expect(rowsOf(section('docs/stores.md', 'Your own'))).toEqual(methods);
  });

  it.each([
    ['memoryStore', 'src/memory-store/memory-store.ts', 'docs/stores.md'],
    ['sqliteStore', 'adapters/stores/sqlite/store.ts', 'docs/stores.md'],
    ['postgresStore', 'adapters/stores/postgres/store.ts', 'docs/stores.md'],
    ['redisStore', 'adapters/stores/redis/store.ts', 'docs/stores.md'],
    ['cors', 'src/collector/cors.ts', 'docs/hosts.md'],
    ['edge', 'src/collector/edge-options.ts', 'docs/media-edge.md'],
    ['createInspector', 'src/inspector/inspector.ts', 'docs/inspector.md'],
    ['postReports', 'adapters/reports/post.ts', 'docs/reports.md'],
  ])('every option of %s', (_name, file, page) => {
    const text = read(page);
    const missing = membersOf(file, '\\w+Options', PROPERTY).filter((name) => !new RegExp(`\\b${name}\\b`).test(text));
    expect(missing).toEqual([]);
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
