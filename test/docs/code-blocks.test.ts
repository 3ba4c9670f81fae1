import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { blocksOf, PAGES, root } from './pages.ts';

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
declare class AppModule {}
type Answer = (request: Request) => Response | Promise<Response>;
declare const Bun: { serve(options: { port: number; fetch: Answer }): unknown };
declare const Deno: { serve(options: { port: number }, answer: Answer): unknown };
`;

const blocks = PAGES.flatMap(blocksOf);
const codeIn = (written: string): [name: string, code: string][] =>
  blocks.filter(({ language }) => language === written).map(({ name, code }) => [name, code]);

describe('the code in the pages', () => {
  it('compiles as it is copied, against the package as it is built, where it is TypeScript', () => {
    const modules = codeIn('ts').map(([name, code]) => [join(root, `${name}.ts`), `${code}\nexport {};\n`] as const);
    const files = new Map([...modules, [join(root, 'docs/around.d.ts'), AROUND]]);
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

  it.each(codeIn('js'))('is JavaScript: %s', (_name, code) => {
    const { diagnostics = [] } = ts.transpileModule(code, { reportDiagnostics: true, fileName: 'block.js' });
    expect(diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))).toEqual([]);
  });

  it.each(codeIn('json'))('is JSON: %s', (_name, code) => {
    expect(() => JSON.parse(code)).not.toThrow();
  });

  it.each(codeIn('sh'))('is for a shell: %s', (_name, code) => {
    execFileSync('sh', ['-n'], { input: code });
  });

  it('is in a language that these tests know, or that nothing here can read', () => {
    const checked = ['ts', 'js', 'json', 'sh'];
    const unread = ['', 'sql', 'nginx', 'kotlin', 'swift', 'brightscript'];
    const languages = [...new Set(blocks.map(({ language }) => language))];
    expect(languages.filter((language) => ![...checked, ...unread].includes(language))).toEqual([]);
  });
});
