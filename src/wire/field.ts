import type { Static, TNull, TProperties, TSchema, TUnion, TUnsafe } from 'typebox';
import * as Type from 'typebox';

/**
 * How closely a body is checked.
 *
 * - `standard` takes all that real SDKs send: it checks the type of every key it knows, takes the
 *   nulls SDKs send for infinity, and keeps keys it does not know.
 * - `strict` is the documented contract to the letter: every documented required key, no nulls, no
 *   unknown keys.
 */
export type ValidationMode = 'standard' | 'strict';

/** One key of the protocol as both modes see it, so that each fact stands in one place. */
export interface Field<Standard extends TSchema = TSchema, Strict extends TSchema = TSchema> {
  readonly standard: Standard;
  readonly strict: Strict;
}

/** Named fields: the keys of an object. */
export type Fields = Readonly<Record<string, Field>>;

/** The properties that a table of fields has in one mode. */
export type InMode<F extends Fields, Mode extends ValidationMode> = { [Key in keyof F]: F[Key][Mode] };

/** The same type in both modes. */
export function same<S extends TSchema>(schema: S): Field<S, S> {
  return { standard: schema, strict: schema };
}

/** A key that may be left out. */
export function optional<A extends TSchema, B extends TSchema>(field: Field<A, B>) {
  return { standard: Type.Optional(field.standard), strict: Type.Optional(field.strict) };
}

/** A key the documentation requires and SDKs omit when it is not configured. */
export function requiredByDoc<A extends TSchema, B extends TSchema>(field: Field<A, B>) {
  return { standard: Type.Optional(field.standard), strict: field.strict };
}

/** A value for which SDKs send null when it is infinite or not a number. */
export function nullFromSdk<A extends TSchema, B extends TSchema>(field: Field<A, B>): Field<TUnion<[A, TNull]>, B> {
  return { standard: Type.Union([field.standard, Type.Null()]), strict: field.strict };
}

/** An object with these keys: open to others in standard, closed in strict. */
export function objectOf<F extends Fields>(fields: F) {
  return {
    standard: Type.Object(inMode(fields, 'standard')),
    strict: Type.Object(inMode(fields, 'strict'), { additionalProperties: false }),
  };
}

/** An object used as a map: any names, one type of value. */
export function mapOf<A extends TSchema, B extends TSchema>(
  value: Field<A, B>,
): Field<TUnsafe<Record<string, Static<A>>>, TUnsafe<Record<string, Static<B>>>> {
  return {
    standard: Type.Unsafe(Type.Object({}, { additionalProperties: value.standard })),
    strict: Type.Unsafe(Type.Object({}, { additionalProperties: value.strict })),
  };
}

/** The properties of a table of fields in one mode. */
export function inMode<F extends Fields, Mode extends ValidationMode>(fields: F, mode: Mode): InMode<F, Mode> {
  const properties: TProperties = {};
  for (const [key, field] of Object.entries(fields)) properties[key] = field[mode];
  return properties as InMode<F, Mode>; // Object.entries forgets which key had which schema
}
