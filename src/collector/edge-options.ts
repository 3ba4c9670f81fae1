import { isOptions } from '../common/option-checks.ts';

/** How the Media Edge API is served. */
export interface EdgeOptions {
  /** One more path that its endpoints are under, beside `/ee` and `/ee-pre-prd`: what the Web SDK calls edgeBasePath. */
  readonly basePath?: string | undefined;
  /** The organisation of the Web SDK, as `0123ABC@AdobeOrg`: needed where pages ask for consent here. */
  readonly orgId?: string | undefined;
}

/** Tells whether a value may be the option `edge`. */
export function isEdge(value: unknown): boolean {
  if (typeof value === 'boolean') return true;
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
