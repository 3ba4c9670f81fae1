import { isObject } from '../../common/json.ts';
import type { EventOf } from '../../wire/events.ts';

/** What is known of the viewer, as params of a sessionStart. */
export type Visitor = Pick<EventOf<'sessionStart'>['params'], 'visitor.marketingCloudUserId' | 'visitor.customerIDs'>;

/** The Experience Cloud id is a namespace of its own. */
const ECID = 'ECID';

const AUTH_STATES: ReadonlyMap<unknown, 0 | 1 | 2> = new Map([
  ['ambiguous', 0],
  ['authenticated', 1],
  ['loggedOut', 2],
] as const);

/**
 * Who watches, by the `identityMap` of the event, or of what is around it: the first id of each namespace (XDM
 * identityMap). What is malformed in it is left out.
 */
export function visitorOf(...places: readonly unknown[]): Visitor {
  const identityMap = places.map((place) => (isObject(place) ? place['identityMap'] : undefined)).find(isObject);
  if (identityMap === undefined) return {};
  const identities = Object.entries(identityMap).flatMap(([namespace, list]) => {
    const first: unknown = Array.isArray(list) ? list[0] : undefined;
    const { id, authenticatedState } = isObject(first) ? first : {};
    return typeof id === 'string' ? [{ namespace, id, authState: AUTH_STATES.get(authenticatedState) ?? 0 }] : [];
  });
  const ecid = identities.find(({ namespace }) => namespace === ECID);
  const customers = identities.filter(({ namespace }) => namespace !== ECID);
  return {
    ...(ecid && { 'visitor.marketingCloudUserId': ecid.id }),
    ...(customers.length > 0 && {
      'visitor.customerIDs': Object.fromEntries(
        customers.map(({ namespace, id, authState }) => [namespace, { id, authState }]),
      ),
    }),
  };
}
