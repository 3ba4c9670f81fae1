// npm run bench: lists what can be measured; with a name, measures that. Nothing fails on a slow machine.
import { execSync } from 'node:child_process';

/** What is measured in one go, in under five minutes. */
interface Group {
  readonly measures: string;
  /** Runs it. What it measures is loaded only then. */
  readonly run: () => Promise<void>;
}

const GROUPS: Readonly<Record<string, Group>> = {
  http: {
    measures: 'a request on node:http, beside other ways to answer it',
    run: async () => (await import('./http/http.ts')).benchHttp(),
  },
  hosts: {
    measures: 'a request in Express, Koa and Fastify, beside these alone',
    run: async () => (await import('./http/hosts.ts')).benchHosts(),
  },
  edge: {
    measures: 'a request of the Media Edge API, beside the Media Collection API',
    run: async () => (await import('./http/edge.ts')).benchEdge(),
  },
  early: {
    measures: 'the first requests of a young server',
    run: async () => (await import('./http/early.ts')).benchEarly(),
  },
  serve: {
    measures: 'media-sessions serve with SQLite, beside memory',
    run: async () => (await import('./http/serve.ts')).benchServe(),
  },
  memory: {
    measures: 'the memory store: appends, a million sessions',
    run: async () => (await import('./memory/memory.ts')).benchMemory(),
  },
  stores: {
    measures: 'SQLite, PostgreSQL and Redis, where they are installed',
    run: async () => (await import('./stores/stores.ts')).benchStores(),
  },
  report: {
    measures: 'the report of a long session, beside parsing its events, and its longest turn',
    run: async () => (await import('./report/report.ts')).benchReport(),
  },
  page: {
    measures: "the inspector's page, with many sessions and with a long one",
    run: async () => (await import('./page.ts')).benchPage(),
  },
  rejections: {
    measures: 'rejecting a body, beside parsing it',
    run: async () => (await import('./rejections.ts')).benchRejections(),
  },
  import: {
    measures: 'a cold import of the package',
    run: async () => (await import('./cold-import.ts')).benchColdImport(),
  },
};

const [name] = process.argv.slice(2);
if (name === undefined || !Object.hasOwn(GROUPS, name)) {
  console.log('npm run bench -- <group> measures one of these:\n');
  for (const [group, { measures }] of Object.entries(GROUPS)) console.log(`  ${group.padEnd(12)}${measures}`);
  process.exitCode = name === undefined ? 0 : 2;
} else {
  execSync('npm run --silent build', { stdio: 'inherit' }); // users run what is built
  await GROUPS[name]?.run();
}
