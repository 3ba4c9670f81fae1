import type { EventType } from '../../wire/event-types.ts';
import { eventSchemas } from '../../wire/schemas.ts';

type Scalar = string | number | boolean | null;

/** How the members of an object of XDM become keys of the Media Collection API. */
export interface Renaming {
  /** What precedes a name that stays the same. */
  readonly prefix: string;
  /** The whole keys of those that do not. */
  readonly keys: Readonly<Record<string, string>>;
}

/**
 * Makes the function that renames the members of an object. Members of its own that a client sends are kept where they
 * are scalars and take the place of no other.
 *
 * @param names The members that XDM has, each of which was checked.
 * @param type The event whose `params` or `qoeData` the keys are for.
 */
export function renamer(
  { prefix, keys }: Renaming,
  names: Iterable<string>,
  type: EventType,
  part: 'params' | 'qoeData',
): (details: object) => Record<string, Scalar> {
  const keyOf = new Map([...names].map((name) => [name, keys[name] ?? prefix + name]));
  const taken = new Set(Object.keys(eventSchemas.standard[type].properties?.[part]?.properties ?? {}));
  return (details) => {
    const members = details as Readonly<Record<string, unknown>>; // JSON, whose keys are its own
    const renamed: Record<string, Scalar> = {};
    for (const name in members) {
      const value = members[name];
      if (!isScalar(value)) continue;
      const key = keyOf.get(name);
      if (key !== undefined) renamed[key] = value;
      else if (!taken.has(prefix + name)) renamed[prefix + name] = value; // never __proto__, for its prefix
    }
    return renamed;
  };
}

function isScalar(value: unknown): value is Scalar {
  return value === null || (typeof value !== 'object' && value !== undefined);
}
