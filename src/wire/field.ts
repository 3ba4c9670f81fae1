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

/** The modes that check every key. */
export type CloseMode = Exclude<ValidationMode, 'lenient'>;

/** The mode of what has no lenient schemas: standard for lenient. */
export function closeMode(mode: ValidationMode): CloseMode {
  return mode === 'lenient' ? 'standard' : mode;
}

/** One key of the protocol as both close modes see it, so that each fact stands in one place. */
export interface Field<Standard extends TSchema = TSchema, Strict extends TSchema = TSchema> {
  readonly standard: Standard;
  readonly strict: Strict;
}

/** A key as every mode sees it. */
export interface LenientField<
  Standard extends TSchema = TSchema,
  Strict extends TSchema = TSchema,
  Lenient extends TSchema = TSchema,
> extends Field<Standard, Strict> {
  readonly lenient: Lenient;
}

/** Named fields: the keys of an object. */
export type Fields = Readonly<Record<string, Field>>;

/** The properties that a table of fields has in one mode. */
export type InMode<F, Mode extends ValidationMode> = {
  [Key in keyof F]: F[Key] extends Readonly<Record<Mode, infer Schema extends TSchema>> ? Schema : never;
};

const anything = Type.Optional(Type.Unknown());

/** The same type in every mode. */
export function same<S extends TSchema>(schema: S): LenientField<S, S, S> {
  return { standard: schema, strict: schema, lenient: schema };
}

/** A key that may be left out. */
export function optional<A extends TSchema, B extends TSchema>(field: Field<A, B>) {
  return { standard: Type.Optional(field.standard), strict: Type.Optional(field.strict), lenient: anything };
}

/** A key the documentation requires and SDKs omit when it is not configured. */
export function requiredByDoc<A extends TSchema, B extends TSchema>(field: Field<A, B>) {
  return { standard: Type.Optional(field.standard), strict: field.strict, lenient: anything };
}

/** A key that the documentation requires and SDKs send, and that a report can do without. */
export function dispensable<A extends TSchema, B extends TSchema>(field: Field<A, B>) {
  return { standard: field.standard, strict: field.strict, lenient: anything };
}

/** A value for which SDKs send null when it is infinite or not a number. */
export function nullFromSdk<A extends TSchema, B extends TSchema, C extends TSchema>(field: LenientField<A, B, C>) {
  return {
    standard: Type.Union([field.standard, Type.Null()]),
    strict: field.strict,
    lenient: Type.Union([field.lenient, Type.Null()]),
  };
}

/** An object with these keys: open to others in standard, closed in strict. */
export function objectOf<F extends Fields>(fields: F) {
  return {
    standard: Type.Object(inMode(fields, 'standard')),
    strict: Type.Object(inMode(fields, 'strict'), { additionalProperties: false }),
  };
}

/** An object that lenient wants too, with those of its keys that carry a session. */
export function neededObjectOf<F extends Readonly<Record<string, LenientField>>>(fields: F) {
  return { ...objectOf(fields), lenient: Type.Object(inMode(fields, 'lenient')) };
}

/** An object used as a map, of which lenient asks nothing: any names, one type of value. */
export function mapOf<A extends TSchema, B extends TSchema>(
  value: Field<A, B>,
): Field<TUnsafe<Record<string, Static<A>>>, TUnsafe<Record<string, Static<B>>>> {
  return {
    standard: Type.Unsafe(Type.Object({}, { additionalProperties: value.standard })),
    strict: Type.Unsafe(Type.Object({}, { additionalProperties: value.strict })),
  };
}

/** The properties of a table of fields in one mode. */
export function inMode<
  Mode extends ValidationMode,
  F extends Readonly<Record<string, Readonly<Record<Mode, TSchema>>>>,
>(fields: F, mode: Mode): InMode<F, Mode> {
  const properties: TProperties = {};
  for (const [key, field] of Object.entries(fields)) properties[key] = field[mode];
  return properties as InMode<F, Mode>; // Object.entries forgets which key had which schema
}
