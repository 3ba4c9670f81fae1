import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = new URL('../../', import.meta.url).pathname;
const { exports: subpaths } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  exports: Readonly<Record<string, string | { readonly types: string }>>;
};
const doors = Object.values(subpaths).flatMap((door) => (typeof door === 'string' ? [] : join(root, door.types)));
const program = ts.createProgram(doors, {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  strict: true,
  types: ['node'],
});
const checker = program.getTypeChecker();

/** What a program can import by name, whatever door it is behind. */
const exported = doors.flatMap((door) => {
  const source = program.getSourceFile(door);
  const module = source && checker.getSymbolAtLocation(source);
  return module ? checker.getExportsOfModule(module).map(resolved) : [];
});

function resolved(symbol: ts.Symbol): ts.Symbol {
  return (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
}

/** The names of our own that a declaration refers to. */
function namesIn(declaration: ts.Node): ts.Symbol[] {
  const found: ts.Symbol[] = [];
  const look = (node: ts.Node) => {
    if (ts.isTypeReferenceNode(node) || ts.isExpressionWithTypeArguments(node)) {
      const symbol = checker.getSymbolAtLocation(ts.isTypeReferenceNode(node) ? node.typeName : node.expression);
      if (symbol) found.push(resolved(symbol));
    }
    ts.forEachChild(node, look);
  };
  look(declaration);
  return found.filter(({ declarations: [first] = [] }) =>
    first?.getSourceFile().fileName.startsWith(join(root, 'dist')),
  );
}

describe('the published types', () => {
  it('are right by themselves', () => {
    const own = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(join(root, 'dist')));
    expect(own.length).toBeGreaterThanOrEqual(doors.length);
    // Of these alone: to check the libraries as well takes many times as long.
    const faults = own.flatMap((file) => [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ]);
    expect(faults.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))).toEqual([]);
  });

  it('can all be imported by name that a signature names', () => {
    const isParameter = (symbol: ts.Symbol) => (symbol.flags & ts.SymbolFlags.TypeParameter) !== 0;
    const missing = exported.flatMap((symbol) =>
      (symbol.declarations ?? [])
        .flatMap(namesIn)
        .filter((name) => !isParameter(name) && !exported.includes(name))
        .map((name) => `${name.name}, named by ${symbol.name}`),
    );
    expect([...new Set(missing)].sort()).toEqual([]);
  });
});
