import { describeType, isObject } from '../common/json.ts';
import { subscript } from './json-path.ts';
import type { JsonSchema } from './json-schema.ts';
import { addReason, countOnly, isFull, type Mismatch, type ReasonCode, type ReasonList } from './reasons.ts';

/** Adds every way in which a value breaks a schema. `path` is where the value stands. */
export type Explain = (value: unknown, path: string, list: ReasonList) => void;

/**
 * Makes the function that finds what breaks a schema, which is what checks every event: one walk over its keys, good or
 * bad. TypeBox's compiled check is as quick where nothing is wrong, and its list of errors stops at eight and costs thirty
 * times the parsing of the body, where this costs less than the parsing.
 */
export function compileExplain(schema: JsonSchema): Explain {
  const rule = ruleOf(schema);
  return (value, path, list) => apply(rule, value, path, list);
}

/** Tells whether a schema admits a value, and adds what is wrong with it where it does not. */
export function isAdmitted(explain: Explain, value: unknown, path: string, list: ReasonList): boolean {
  const before = list.errors.length + list.more;
  explain(value, path, list);
  return list.errors.length + list.more === before;
}

/** A schema prepared for a walk, every rule of one shape. */
export interface Rule {
  readonly admits: (value: unknown) => boolean;
  /** What the schema admits, in words: `string`, `number or null`. */
  readonly expected: string;
  /** Whether a number that breaks the rule is repeated in the reason. */
  readonly repeatsNumber: boolean;
  /** The keys of an object; undefined for a value without any. */
  readonly members: ReadonlyMap<string, Member> | undefined;
  readonly required: readonly string[];
  /** The rule of every other key; undefined where anything goes. */
  readonly others: Rule | 'forbidden' | undefined;
  readonly names: RegExp | undefined;
  /** The rule of each element of an array; undefined for a value without any. */
  readonly elements: Rule | undefined;
}

/** A known key: its part of a JSONPath, spelled out once, and its rule. */
interface Member {
  readonly subscript: string;
  readonly rule: Rule;
}

/** The rule of a schema. */
export function ruleOf(schema: JsonSchema): Rule {
  // An object or null has the members of the object.
  const { properties, additionalProperties, propertyNames, required, items } = schema.anyOf?.find(isOfObject) ?? schema;
  return {
    admits: properties && !schema.anyOf ? isObject : leafCheck(schema),
    expected: describe(schema),
    repeatsNumber: schema.enum !== undefined || schema.type === 'integer',
    members: properties && new Map(Object.entries(properties).map(memberOf)),
    required: required ?? [],
    others: typeof additionalProperties === 'object' ? ruleOf(additionalProperties) : othersOf(additionalProperties),
    names: propertyNames && new RegExp(propertyNames.pattern),
    elements: items && ruleOf(items),
  };
}

function isOfObject({ properties }: JsonSchema): boolean {
  return properties !== undefined;
}

function memberOf([key, schema]: [string, JsonSchema]): [string, Member] {
  return [key, { subscript: subscript(key), rule: ruleOf(schema) }];
}

function othersOf(allowed: boolean | undefined): 'forbidden' | undefined {
  return allowed === false ? 'forbidden' : undefined;
}

function apply(rule: Rule, value: unknown, path: string, list: ReasonList): void {
  if (!rule.admits(value)) {
    const { expected } = rule;
    const reason = `Expected ${expected}, got ${gotFor(rule, value)}`;
    addReason(list, 'wrong-value', path, reason, { got: describeType(value), expected });
  } else if (rule.members && isObject(value)) {
    applyToMembers(rule, rule.members, value, path, list);
  } else if (rule.elements && Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      apply(rule.elements, value[index], isFull(list) ? '' : `${path}[${index}]`, list);
    }
  }
}

/** What a value is, that breaks a rule, in words. */
export function gotFor({ repeatsNumber, elements }: Rule, value: unknown): string {
  const isTelling = repeatsNumber || !Number.isFinite(value); // 1e999 in JSON is Infinity
  if (isTelling && typeof value === 'number') return String(value);
  return elements && Array.isArray(value) ? `array of ${value.length}` : describeType(value);
}

function applyToMembers(
  { required, others, names }: Rule,
  members: ReadonlyMap<string, Member>,
  object: Readonly<Record<string, unknown>>,
  path: string,
  list: ReasonList,
): void {
  for (const key of required) {
    if (Object.hasOwn(object, key) && object[key] !== undefined) continue;
    const expected = members.get(key)?.rule.expected ?? 'a value';
    addMemberProblem(list, 'missing-field', path, key, 'Missing required field', { got: 'nothing', expected });
  }
  for (const key in object) {
    const member = object[key];
    if (member === undefined) continue; // as JSON would leave it out
    const known = members.get(key);
    const rule = known ? known.rule : others;
    // A path is spelled out only for what has members or a reason that is listed.
    if (rule === 'forbidden') {
      const mismatch = { got: describeType(member), expected: 'nothing' };
      addMemberProblem(list, 'unknown-field', path, key, 'Unknown field', mismatch);
    } else if (rule && (rule.members || rule.elements || (!rule.admits(member) && !countOnly(list)))) {
      const place = known ? known.subscript : isFull(list) ? '' : subscript(key);
      apply(rule, member, path + place, list);
    }
    if (names && !names.test(key)) {
      const expected = `a name matching ${names.source}`;
      addMemberProblem(list, 'wrong-value', path, key, `Expected ${expected}`, { got: 'another', expected });
    }
  }
}

function addMemberProblem(
  list: ReasonList,
  code: ReasonCode,
  path: string,
  key: string,
  reason: string,
  mismatch: Mismatch,
): void {
  if (!countOnly(list)) addReason(list, code, path + subscript(key), reason, mismatch);
}

/** The check of a schema without members. */
function leafCheck(schema: JsonSchema): (value: unknown) => boolean {
  const { anyOf, enum: values, pattern, minimum = Number.NEGATIVE_INFINITY } = schema;
  if (anyOf) {
    const branches = anyOf.map(leafCheck);
    return (value) => branches.some((admits) => admits(value));
  }
  if (values) return (value) => values.includes(value);
  if ('const' in schema) return (value) => value === schema.const;
  switch (schema.type) {
    case 'string': {
      const expression = pattern === undefined ? undefined : new RegExp(pattern);
      return (value) => typeof value === 'string' && (expression === undefined || expression.test(value));
    }
    case 'integer':
      return (value) => Number.isInteger(value) && Number(value) >= minimum;
    case 'number':
      return Number.isFinite;
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'null':
      return (value) => value === null;
    case 'object':
      return isObject;
    case 'array': {
      const { maxItems = Number.POSITIVE_INFINITY } = schema;
      return (value) => Array.isArray(value) && value.length <= maxItems;
    }
    default:
      return () => true;
  }
}

function describe(schema: JsonSchema): string {
  if (schema.anyOf) return oneOf(schema.anyOf.map(describe));
  if (schema.enum) return oneOf(schema.enum.map(String));
  if ('const' in schema) return JSON.stringify(schema.const);
  if (schema.pattern !== undefined) return schema.description ?? `string matching ${schema.pattern}`;
  if (schema.maxItems !== undefined) return `array of at most ${schema.maxItems}`;
  if (schema.minimum !== undefined) return `${schema.type} >= ${schema.minimum}`;
  return schema.type ?? 'anything';
}

function oneOf(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
