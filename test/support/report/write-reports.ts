// A process that writes reports, ten at a time, and prints the sid of each that its hook has resolved for.
import { ndjsonReports } from '../../../adapters/reports/ndjson.ts';
import { closedSession } from './closed-session.ts';

const [, , file = '', prefix = ''] = process.argv;
const report = ndjsonReports(file);
let next = 0;

async function writeForEver(): Promise<void> {
  for (;;) {
    const sid = `${prefix}${next++}`;
    await report(closedSession(sid));
    process.stdout.write(`${sid}\n`);
  }
}

await Promise.all(Array.from({ length: 10 }, writeForEver));
