import { isObject } from '../../common/json.ts';
import { type Answering, consentGiven, handled } from '../../edge/replies.ts';
import type { Reply } from '../../http/reply.ts';

/**
 * Answers what the Web SDK asks at a consent. Without the consent in the answer it stays silent for good, and keeps it
 * under the id of its organisation, which its request does not have.
 */
export function handleConsent(body: unknown, orgId: string | undefined, answering: Answering): Reply {
  return handled(orgId === undefined ? [] : [consentGiven(orgId, isRefused(body) ? 'out' : 'in')], answering);
}

/** By Adobe's standards of consent, 1.0 and 2.0. */
function isRefused(body: unknown): boolean {
  const list = isObject(body) ? body['consent'] : undefined;
  return Array.isArray(list) && list.some((consent) => isObject(consent) && refuses(consent['value']));
}

function refuses(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { general, collect } = value;
  return general === 'out' || (isObject(collect) && collect['val'] === 'n');
}
