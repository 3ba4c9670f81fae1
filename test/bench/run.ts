// npm run bench: all figures are ratios measured in one run, with their spread. Nothing fails on a slow machine.
import { benchHttp } from './http.ts';

await benchHttp();
