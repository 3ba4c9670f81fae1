// npm run bench: ratios measured in one run, with their spread. Nothing fails on a slow machine, but wrong answers do.
import { benchColdImport } from './cold-import.ts';
import { benchHttp } from './http.ts';
import { benchRefusals } from './refusals.ts';
import { benchStores } from './stores.ts';

benchColdImport();
await benchRefusals();
await benchHttp();
await benchStores();
