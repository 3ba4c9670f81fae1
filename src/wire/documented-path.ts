import { subscript } from './json-path.ts';
import type { JsonSchema } from './json-schema.ts';
import { eventSchemas } from './schemas.ts';

let documented: ReadonlySet<string> | undefined;

/**
 * The part of a JSONPath that the documentation has: without the names that a client chose, and without the place of
 * an event in an array. There are some hundred, so that whoever counts by them counts in bounded memory.
 */
export function documentedPath(path: string): string {
  documented ??= new Set(Object.values(eventSchemas.standard).flatMap((schema) => pathsIn(schema, '$')));
  let known = path.replace(/^\$\[\d+\]/, '$');
  while (known !== '$' && !documented.has(known)) {
    known = known.slice(0, Math.max(1, known.lastIndexOf('.'), known.lastIndexOf('[')));
  }
  return known;
}

function pathsIn({ properties = {} }: JsonSchema, path: string): string[] {
  return Object.entries(properties).flatMap(([key, schema]) => {
    const place = path + subscript(key);
    return [place, ...pathsIn(schema, place)];
  });
}
