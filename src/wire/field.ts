import type { Static, TProperties, TSchema, TUnsafe } from 'typebox';
import * as Type from 'typebox';

/**
 * How closely a body is checked.
 *
 * - `standard` takes all that real SDKs send: it checks the type of every key it knows, takes the
 *   nulls SDKs send for infinity, and keeps keys it does not know.
 * - `strict` is the documented contract to the letter: every documented required key, no nulls, no
 *   unknown keys.
 * - `lenient` asks only for what carries a session, as standard does: the type and time of each event, the ids, and what
 *   a report cannot do without. Any other key may have any value, and is kept as it came.
 */
export type ValidationMode = (typeof VALIDATION_MODES)[number];

/** The names of the modes, the closest first. */
export const VALIDATION_MODES = ['strict', 'standard', 'lenient'] as const;

/** Tells whether a value of unknown origin names a mode. */
export function isValidationMode(value: unknown): value is ValidationMode {
  return VALIDATION_MODES.some((mode) => mode === value);
}

/** One key of the protocol as each mode sees it, so that each fact stands in one place. */
export interface Field<
  Standard extends TSchema = TSchema,
  Strict extends TSchema = TSchema,
  Lenient extends TSchema = TSchema,
> {
  readonly standard: Standard;
  readonly strict: Strict;
  readonly lenient: Lenient;
}

/** A key of which lenient asks nothing. */
type Checked<Standard extends TSchema, Strict extends TSchema> = Omit<Field<Standard, Strict>, 'lenient'>;

const anything = Type.Optional(Type.Unknown());

/** Named fields: the keys of an object. */
export type Fields = Readonly<Record<string, Field>>;

/** The properties that a table of fields has in one mode. */
export type InMode<F extends Fields, Mode extends ValidationMode> = { [Key in keyof F]: F[Key][Mode] };

/** The same type in every mode. */
export function same<S extends TSchema>(schema: S): Field<S, S, S> {
  return { standard: schema, strict: schema, lenient: schema };
}

/** A key that may be left out. */
export function optional<A extends TSchema, B extends TSchema>(field: Checked<A, B>) {
  return { standard: Type.Optional(field.standard), strict: Type.Optional(field.strict), lenient: anything };
}

/** A key the documentation requires and SDKs omit when it is not configured. */
export function requiredByDoc<A extends TSchema, B extends TSchema>(field: Checked<A, B>) {
  return { standard: Type.Optional(field.standard), strict: field.strict, lenient: anything };
}

/** A key that the documentation requires and SDKs send, and that a report can do without. */
export function dispensable<A extends TSchema, B extends TSchema>(field: Checked<A, B>) {
  return { standard: field.standard, strict: field.strict, lenient: anything };
}

/** A value for which SDKs send null when it is infinite or not a number. */
export function nullFromSdk<A extends TSchema, B extends TSchema, C extends TSchema>(field: Field<A, B, C>) {
  return {
    standard: Type.Union([field.standard, Type.Null()]),
    strict: field.strict,
    lenient: Type.Union([field.lenient, Type.Null()]),
  };
}

/** An object with these keys: open to others but in strict, which is closed. */
export function objectOf<F extends Fields>(fields: F) {
  return {
    standard: Type.Object(inMode(fields, 'standard')),
    strict: Type.Object(inMode(fields, 'strict'), { additionalProperties: false }),
    lenient: Type.Object(inMode(fields, 'lenient')),
  };
}

/** An object used as a map, of which lenient asks nothing: any names, one type of value. */
export function mapOf<A extends TSchema, B extends TSchema>(
  value: Checked<A, B>,
): Checked<TUnsafe<Record<string, Static<A>>>, TUnsafe<Record<string, Static<B>>>> {
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
