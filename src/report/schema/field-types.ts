import type { Static } from 'typebox';
import * as Type from 'typebox';

/** A whole number of seconds. */
export function seconds(description: string) {
  return Type.Integer({ minimum: 0, description });
}

/** How often something happened. */
export function count(description: string) {
  return Type.Integer({ minimum: 0, description });
}

/** True or absent, never false: "can only be true if set" (doc: mc-api-req-params). */
export function flag(description: string) {
  return Type.Optional(Type.Literal(true, { description }));
}

/** Unix milliseconds. */
export function timestamp(description: string) {
  return Type.Integer({ description });
}

/** Text as the player sent it, absent when it did not. */
export function text(description: string) {
  return Type.Optional(Type.String({ description }));
}

/** A number as the player sent it, absent when it did not. */
export function number(description: string) {
  return Type.Optional(Type.Number({ description }));
}

/** A whole number that may be negative, as that of a post-roll's pod. */
export function integer(description: string) {
  return Type.Integer({ description });
}

/** Text that is always there. */
export function requiredText(description: string) {
  return Type.String({ description });
}

/** Texts in order. */
export function texts(description: string) {
  return Type.Array(Type.String(), { description });
}

/** Texts under any names, with a null prototype, since names like `constructor` are real. */
export function customMetadata(description: string) {
  return Type.Unsafe<Record<string, string>>(Type.Object({}, { additionalProperties: Type.String(), description }));
}

/** What a player sent under names of its own. It has a null prototype. */
export type CustomMetadata = Static<ReturnType<typeof customMetadata>>;
