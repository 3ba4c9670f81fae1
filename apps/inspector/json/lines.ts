import { subscript } from '../../../src/wire/json-path.ts';

/** A piece of printed JSON that has one colour. */
interface Token {
  readonly kind: 'key' | 'text' | 'number' | 'word' | 'mark';
  readonly text: string;
}

/** A line of printed JSON. A value of several lines has its path on the first. */
export interface Line {
  /** The JSONPath of the value that begins here, as the API's errors write it; none where one ends. */
  readonly path?: string;
  readonly depth: number;
  readonly tokens: readonly Token[];
}

/** Prints a JSON value, two spaces a level, as lines that know their paths. */
export function jsonLines(value: unknown): Line[] {
  const lines: Line[] = [];
  print(value, { path: '$', depth: 0, before: [], after: '' }, lines);
  return lines;
}

interface Place {
  readonly path: string;
  readonly depth: number;
  /** The key. */
  readonly before: readonly Token[];
  /** The comma. */
  readonly after: string;
}

function print(value: unknown, place: Place, lines: Line[]): void {
  const { path, depth, before, after } = place;
  if (typeof value !== 'object' || value === null) {
    lines.push({ path, depth, tokens: [...before, scalar(value), ...mark(after)] });
    return;
  }
  const isArray = Array.isArray(value);
  const [open, close] = isArray ? ['[', ']'] : ['{', '}'];
  const members = Object.entries(value);
  if (members.length === 0) {
    lines.push({ path, depth, tokens: [...before, ...mark(open + close + after)] });
    return;
  }
  lines.push({ path, depth, tokens: [...before, ...mark(open)] });
  for (const [at, [key, member]] of members.entries()) {
    print(
      member,
      {
        path: path + (isArray ? `[${key}]` : subscript(key)),
        depth: depth + 1,
        before: isArray
          ? []
          : [
              { kind: 'key', text: JSON.stringify(key) },
              { kind: 'mark', text: ': ' },
            ],
        after: at < members.length - 1 ? ',' : '',
      },
      lines,
    );
  }
  lines.push({ depth, tokens: mark(close + after) });
}

function scalar(value: unknown): Token {
  const text = JSON.stringify(value) ?? 'null';
  if (typeof value === 'string') return { kind: 'text', text };
  return { kind: typeof value === 'number' ? 'number' : 'word', text };
}

function mark(text: string): Token[] {
  return text === '' ? [] : [{ kind: 'mark', text }];
}
