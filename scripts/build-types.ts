/**
 * Writes the published types to dist/types, a file for each source file that a door of the package leads to. They
 * stand alone: what is computed by TypeBox's types, which no user has, is spelled out.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { ENTRIES } from './entries.ts';
import { flatType } from './flat-type.ts';

const ROOT = resolve(import.meta.dirname, '..');
const OUT = join(ROOT, 'dist/types');
/** The package whose types are spelled out. */
const COMPUTING = 'typebox';

const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent(
  { ...config, include: [], files: Object.values(ENTRIES) },
  ts.sys,
  ROOT,
);
const entries = Object.values(ENTRIES).map((file) => join(ROOT, file));
const program = ts.createProgram(entries, {
  ...options,
  noEmit: false,
  noCheck: true, // `npm run check` does; here it would take nearly twice as long
  declaration: true,
  emitDeclarationOnly: true,
  outDir: OUT,
  rootDir: ROOT,
});
const checker = program.getTypeChecker();

/** A type without parameters that a file exports. */
interface Alias {
  readonly name: string;
  readonly type: ts.Type;
  readonly fileName: string;
}

/** The types that are spelled out, so that those of other files can name them. */
const spelledOut: Alias[] = [];

const written = new Map<string, string>(); // by source file
for (const source of program.getSourceFiles()) {
  if (source.isDeclarationFile || source.fileName.includes('node_modules')) continue;
  program.emit(source, (_, text) => void written.set(source.fileName, standalone(text, source)), undefined, true);
}

const reached = new Set<string>();
for (const entry of entries) reach(entry);
for (const fileName of reached) {
  const text = written.get(fileName) ?? '';
  if (text.includes(`'${COMPUTING}`)) throw new Error(`The types of ${fileName} need ${COMPUTING}, which no user has`);
  const target = join(OUT, relative(ROOT, fileName).replace(/\.ts$/, '.d.ts'));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text.replace(/(from '\.[^']*|import\('\.[^']*)\.ts'/g, "$1.js'"));
}

/** Takes note of a file and of all that its types import. */
function reach(fileName: string): void {
  if (reached.has(fileName)) return;
  reached.add(fileName);
  for (const [, specifier = ''] of (written.get(fileName) ?? '').matchAll(/(?:from |import\()'(\.[^']*)'/g)) {
    reach(resolve(dirname(fileName), specifier));
  }
}

/** The declarations of a file without those that only TypeBox's types can say, and without imports for them. */
function standalone(text: string, source: ts.SourceFile): string {
  if (!text.includes(`'${COMPUTING}`)) return text;
  const { statements } = ts.createSourceFile('declarations.d.ts', text, ts.ScriptTarget.ESNext, true);
  const aliases = aliasesOf(source);
  const unsayable = new Set(statements.filter(isOfComputing).flatMap(namesIn));
  const isUnsayable = (statement: ts.Statement) => identifiersIn(statement).some((name) => unsayable.has(name));
  const imports = new Set<string>();

  function nameOf(type: ts.Type): string | undefined {
    const alias = spelledOut.find((known) => known.type === type);
    if (!alias || alias.fileName === source.fileName) return alias?.name;
    const path = relative(dirname(source.fileName), alias.fileName);
    imports.add(`import type { ${alias.name} } from '${path.startsWith('.') ? path : `./${path}`}';\n`);
    return alias.name;
  }

  let kept = statements.filter((statement) => !isOfComputing(statement));
  for (let before = -1; before !== kept.length; ) {
    before = kept.length;
    kept = kept.filter((statement) => {
      const isSayable = aliasOf(statement) !== undefined || !isUnsayable(statement);
      if (!isSayable) for (const name of namesIn(statement)) unsayable.add(name);
      return isSayable;
    });
  }
  spelledOut.push(...kept.filter(isUnsayable).flatMap((statement) => aliasOf(statement) ?? []));
  const declarations = withoutUnusedImports(kept.map(spell).join(''));
  return [...imports].join('') + declarations;

  function aliasOf(statement: ts.Statement): Alias | undefined {
    if (!ts.isTypeAliasDeclaration(statement) || statement.typeParameters) return undefined;
    return aliases.find(({ name }) => name === statement.name.text);
  }

  function spell(statement: ts.Statement): string {
    const alias = aliasOf(statement);
    const whole = statement.getFullText();
    if (!alias || !isUnsayable(statement)) return whole;
    const { type: computed } = statement as ts.TypeAliasDeclaration; // aliasOf has looked
    const spelled = flatType(alias.type, checker, (type) => (type === alias.type ? undefined : nameOf(type)));
    return `${whole.slice(0, computed.pos - statement.pos)} ${spelled};`;
  }
}

/** The types without parameters that a file exports. */
function aliasesOf(source: ts.SourceFile): readonly Alias[] {
  const { fileName } = source;
  const module = checker.getSymbolAtLocation(source);
  return (module ? checker.getExportsOfModule(module) : [])
    .filter(({ flags }) => (flags & ts.SymbolFlags.TypeAlias) !== 0)
    .map((symbol) => ({ name: symbol.name, type: checker.getDeclaredTypeOfSymbol(symbol), fileName }));
}

function isOfComputing(statement: ts.Statement): boolean {
  if (!ts.isImportDeclaration(statement)) return false;
  const { text } = statement.moduleSpecifier as ts.StringLiteral; // of an import
  return text === COMPUTING || text.startsWith(`${COMPUTING}/`);
}

/** The names that a statement declares or imports. */
function namesIn(statement: ts.Statement): string[] {
  if (ts.isImportDeclaration(statement)) return identifiersIn(statement);
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  }
  const { name } = statement as { readonly name?: ts.Node }; // of a type, an interface, a function, a class
  return name ? [name.getText()] : [];
}

function identifiersIn(node: ts.Node): string[] {
  const names: string[] = [];
  const look = (part: ts.Node) => {
    if (ts.isIdentifier(part)) names.push(part.text);
    ts.forEachChild(part, look);
  };
  look(node);
  return names;
}

/** The same declarations, importing only what they use. */
function withoutUnusedImports(text: string): string {
  const { statements } = ts.createSourceFile('declarations.d.ts', text, ts.ScriptTarget.ESNext, true);
  const used = new Set(statements.filter((statement) => !ts.isImportDeclaration(statement)).flatMap(identifiersIn));
  return statements
    .map((statement) => {
      const bindings = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : undefined;
      if (!bindings || !ts.isNamedImports(bindings)) return statement.getFullText();
      const names = bindings.elements.filter(({ name }) => used.has(name.text)).map(({ name }) => name.text);
      if (names.length === 0) return '';
      const { moduleSpecifier } = statement as ts.ImportDeclaration; // bindings are an import's
      return `import type { ${names.join(', ')} } from ${moduleSpecifier.getText()};\n`;
    })
    .join('');
}
