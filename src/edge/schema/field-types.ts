import * as Type from 'typebox';
import { requiredByDoc, same } from '../../wire/field.ts';
import { TIMESTAMP_DESCRIPTION, TIMESTAMP_PATTERN } from '../timestamp.ts';

export const text = same(Type.String());
export const flag = same(Type.Boolean());

/** A number that the documentation has as an integer, and SDKs pass on as the page gave it. */
export const number = { standard: Type.Number(), strict: Type.Integer() };

/** The same where SDKs send null for what is infinite, and leave out what is no number. */
export const reading = requiredByDoc({ standard: Type.Union([Type.Number(), Type.Null()]), strict: Type.Integer() });

/** ISO 8601, in UTC or with an offset. */
export const timestamp = same(Type.String({ pattern: TIMESTAMP_PATTERN, description: TIMESTAMP_DESCRIPTION }));

/** The most states that one update starts, or ends. A session has ten (doc: endpoints/media); the bound is decided here. */
export const MAX_STATES = 100;
