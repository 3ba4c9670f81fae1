import { isOptions } from '../common/option-checks.ts';

/** How the Media Edge API is served. */
export interface EdgeOptions {
  /** One more path that its endpoints are under, beside `/ee` and `/ee-pre-prd`: what the Web SDK calls edgeBasePath. */
  readonly basePath?: string | undefined;
  /** The organisation of the Web SDK, as `0123ABC@AdobeOrg`: needed where pages ask for consent here. */
  readonly orgId?: string | undefined;
}

/** Says what is wrong with a value for the option, or undefined when nothing is. */
export function edgeFault(value: unknown, name: string): string | undefined {
  if (typeof value === 'boolean' || isEdgeOptions(value)) return undefined;
  return `${name} must be true, false, or { basePath: a path such as media/ee, orgId: an organisation such as 0123ABC@AdobeOrg }`;
}

function isEdgeOptions(value: unknown): boolean {
  if (!isOptions(value)) return false;
  const { basePath = 'ee', orgId = '0@AdobeOrg', ...unknown } = value;
  return (
    typeof basePath === 'string' &&
    /^\/?[\w.~-]+(\/[\w.~-]+)*$/.test(basePath) &&
    typeof orgId === 'string' &&
    /^\w+@\w+$/.test(orgId) &&
    Object.keys(unknown).length === 0
  );
}
