import { Compile } from 'typebox/schema';
import { isObject } from '../common/json.ts';
import type { JsonSchema } from './json-schema.ts';

/** Tells whether a schema admits a value. */
export type Check = (value: unknown) => boolean;

/**
 * Compiles a schema with TypeBox, all but its rules on the keys it does not name: TypeBox tells known keys from others
 * by one long regular expression and lists all keys of an object first. Here they are looked up in a set, one by one.
 */
export function compileCheck(schema: JsonSchema): Check {
  const named = Compile(withoutOthers(schema));
  const others = compileOthers(schema);
  return others ? (value) => named.Check(value) && others(value) : (value) => named.Check(value);
}

function withoutOthers(schema: JsonSchema): JsonSchema {
  return JSON.parse(JSON.stringify(schema), (key, value) =>
    key === 'additionalProperties' || key === 'propertyNames' ? undefined : value,
  );
}

/** The check of the keys that a schema, or a member of it, does not name; undefined where all of them may come. */
function compileOthers(schema: JsonSchema): Check | undefined {
  const { properties = {}, additionalProperties = true, propertyNames, items } = schema;
  const checks: Check[] = [];
  const check = items && compileOthers(items);
  if (check) checks.push((value) => !Array.isArray(value) || value.every(check));
  for (const [key, property] of Object.entries(properties)) {
    const check = compileOthers(property);
    if (check) checks.push((value) => !isObject(value) || value[key] === undefined || check(value[key]));
  }
  if (additionalProperties !== true || propertyNames) {
    const known: ReadonlySet<string> = new Set(Object.keys(properties));
    const names = propertyNames && new RegExp(propertyNames.pattern);
    const admits =
      typeof additionalProperties === 'object' ? compileCheck(additionalProperties) : () => additionalProperties;
    checks.push((value) => {
      if (!isObject(value)) return true;
      for (const key in value) {
        if ((names && !names.test(key)) || (!known.has(key) && !admits(value[key]))) return false;
      }
      return true;
    });
  }
  if (checks.length === 0) return undefined;
  return (value) => checks.every((check) => check(value));
}
