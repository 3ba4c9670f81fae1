import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { htmlDocument } from '../apps/inspector/document.ts';

/** The most bytes that the page may have, all in all: what a phone on a bad line loads in no time. */
const MAX_BYTES = 120_000;

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const { script, style } = await bundle();
const html = htmlDocument(script, style);
const bytes = Buffer.byteLength(html);
if (bytes > MAX_BYTES) throw new Error(`The inspector's page has ${bytes} bytes; ${MAX_BYTES} is the most.`);
writeFileSync(
  here('../src/inspector/page.ts'),
  `export const page = ${JSON.stringify({ html, csp: policy() })} as const;\n`,
);

async function bundle(): Promise<{ script: string; style: string }> {
  const { outputFiles } = await build({
    entryPoints: [here('../apps/inspector/main.tsx')],
    outdir: here('.'),
    write: false,
    bundle: true,
    minify: true,
    format: 'esm',
    target: ['chrome123', 'firefox120', 'safari17.5'], // the first with light-dark()
    legalComments: 'none', // htmlDocument names the authors
  });
  const text = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text.trim() ?? '';
  return { script: text('.js'), style: text('.css') };
}

/** Nothing but what is in the document runs, and it talks to nobody but its own server. */
function policy(): string {
  return [
    "default-src 'none'",
    `script-src '${hash(script)}'`,
    `style-src '${hash(style)}'`,
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
