import type { Static } from 'typebox';
import * as Type from 'typebox';

/** A whole number of seconds. */
export const seconds = Type.Integer({ minimum: 0 });

/** How often something happened. */
export const count = Type.Integer({ minimum: 0 });

/** True or absent, never false: "can only be true if set" (doc: mc-api-req-params). */
export const flag = Type.Optional(Type.Literal(true));

/** Unix milliseconds. */
export const timestamp = Type.Integer();

/** Text as the player sent it. */
export const text = Type.Optional(Type.String());

/** A number as the player sent it. */
export const number = Type.Optional(Type.Number());

/** A whole number that may be negative, as that of a post-roll's pod. */
export const integer = Type.Integer();

/** Texts under any names, with a null prototype, since names like `constructor` are real. */
export const customMetadata = Type.Unsafe<Record<string, string>>(
  Type.Object({}, { additionalProperties: Type.String() }),
);

/** What a player sent under names of its own. It has a null prototype. */
export type CustomMetadata = Static<typeof customMetadata>;
