import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

const root = new URL('../../', import.meta.url).pathname;
const pages = ['README.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)];

/** What a block may use without saying where it comes from: its reader has it already. */
const AROUND = `
declare const app: import('express').Express & import('koa') & import('fastify').FastifyInstance;
declare const collector: import('media-sessions').Collector;
declare const store: import('media-sessions').SessionStore;
declare const sid: string;
declare const secret: string;
declare const body: unknown;
declare function isAllowed(authorization: string | undefined): boolean;
declare function myStore(options: { retention: number }): import('media-sessions').SessionStore;
`;

/** The blocks of TypeScript of a page, each as a module of its own. */
function blocksOf(page: string): [name: string, code: string][] {
  const blocks = [...readFileSync(join(root, page), 'utf8').matchAll(/^```ts\n([\s\S]*?)^```/gm)];
  return blocks.map(([, code = ''], index) => [join(root, `${page}.${index + 1}.ts`), `${code}\nexport {};\n`]);
}

it('every block of TypeScript in the pages compiles as it is copied, against the package as it is built', () => {
  const blocks = new Map(pages.filter((page) => page.endsWith('.md')).flatMap(blocksOf));
  const files = new Map([...blocks, [join(root, 'docs/around.d.ts'), AROUND]]);
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ['node'],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name) ?? readFile(name);
  host.getSourceFile = (name, language, ...rest) => {
    const text = files.get(name);
    if (text === undefined) return getSourceFile(name, language, ...rest);
    return ts.createSourceFile(name, text, {
      languageVersion: ts.ScriptTarget.ESNext,
      impliedNodeFormat: ts.ModuleKind.ESNext,
    });
  };
  const program = ts.createProgram([...files.keys()], options, host);
  const wrong = ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    return `${file?.fileName.replace(root, '')}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
  expect(wrong).toEqual([]);
});
