import ts from 'typescript';

/**
 * Spells a type out, member by member with their comments, where it is computed by a library whose types are not
 * published. `nameOf` gives the name of a type that has one.
 */
export function flatType(
  type: ts.Type,
  checker: ts.TypeChecker,
  nameOf: (type: ts.Type) => string | undefined,
  indent = '',
): string {
  const spell = (part: ts.Type, deeper = indent) => nameOf(part) ?? flatType(part, checker, nameOf, deeper);

  if (type.isUnion() && !type.types.every(isPlain)) return joined(type.types, ' | ');
  if (type.isIntersection()) return joined(type.types, ' & ');
  if (checker.isArrayType(type)) {
    const [element] = checker.getTypeArguments(type as ts.TypeReference); // of an array
    return element ? `${inParentheses(spell(element))}[]` : 'unknown[]';
  }
  const properties = checker.getPropertiesOfType(type);
  if (isPlain(type) || (type.flags & ts.TypeFlags.Object) === 0) return asText(type);
  const values = checker.getIndexInfoOfType(type, ts.IndexKind.String);
  if (properties.length === 0) return values ? `Record<string, ${spell(values.type)}>` : '{}';
  const deeper = `${indent}  `;
  return `{\n${inOrderOfDeclaration(properties).map(member).join('')}${indent}}`;

  function member(property: ts.Symbol): string {
    const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
    const declared = checker.getTypeOfSymbol(property);
    const value = isOptional ? withoutUndefined(declared) : spell(declared, deeper);
    const name = /^[A-Za-z_$][\w$]*$/.test(property.name) ? property.name : `'${property.name}'`;
    return `${comment(property, deeper)}${deeper}${name}${isOptional ? '?' : ''}: ${value};\n`;
  }

  function withoutUndefined(declared: ts.Type): string {
    if (!declared.isUnion()) return spell(declared, deeper);
    const rest = declared.types.filter(({ flags }) => (flags & ts.TypeFlags.Undefined) === 0);
    const [only] = rest;
    if (only && rest.length === 1) return spell(only, deeper);
    const plain = asText(declared).replace(' | undefined', '');
    return rest.every(isPlain) ? plain : joined(rest, ' | ', deeper);
  }

  function asText(plain: ts.Type): string {
    const { NoTruncation, UseSingleQuotesForStringLiteralType } = ts.TypeFormatFlags;
    return checker.typeToString(plain, undefined, NoTruncation | UseSingleQuotesForStringLiteralType);
  }

  function joined(types: readonly ts.Type[], sign: string, at = indent): string {
    return types.map((part) => inParentheses(spell(part, at))).join(sign);
  }

  function comment(property: ts.Symbol, at: string): string {
    const text = ts.displayPartsToString(property.getDocumentationComment(checker));
    return text === '' ? '' : `${at}/** ${text.replaceAll('\n', `\n${at} * `)} */\n`;
  }
}

/** What needs no spelling out. */
function isPlain({ flags }: ts.Type): boolean {
  return (flags & (ts.TypeFlags.Object | ts.TypeFlags.UnionOrIntersection)) === 0;
}

function inParentheses(text: string): string {
  return / [|&] /.test(text.replace(/\{.*\}|<.*>/gs, '')) ? `(${text})` : text;
}

/** As people wrote them, not as a library puts them together. */
function inOrderOfDeclaration(properties: readonly ts.Symbol[]): ts.Symbol[] {
  const place = ({ declarations: [first] = [] }: ts.Symbol) => first?.pos ?? 0;
  return [...properties].sort((a, b) => place(a) - place(b));
}
