import { isOptions } from '../common/option-checks.ts';

const EXPECTED =
  "true, false, or { origin: '*', an origin such as https://example.com, or an array of such; credentials: true or " +
  'false; allowedHeaders and exposedHeaders: arrays of names; maxAge: whole seconds }';

/** A name of a header (RFC 9110, 5.6.2). */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;

/** Says what is wrong with a value for the option, or undefined when nothing is. */
export function corsFault(value: unknown, name: string): string | undefined {
  if (typeof value === 'boolean') return undefined;
  if (!isOptions(value) || !isCorsOptions(value)) return `${name} must be ${EXPECTED}`;
  const { origin = '*', credentials = false, allowedHeaders = [], exposedHeaders = [] } = value;
  if (isListed(exposedHeaders, /^set-cookie2?$/i)) {
    return `${name}.exposedHeaders: no page may read Set-Cookie (Fetch: forbidden response-header name)`;
  }
  if (!credentials) return undefined;
  if (isListed(origin, /^\*$/)) {
    return `${name}.credentials goes with origins by name: browsers refuse it with '*' (Fetch: CORS protocol and credentials)`;
  }
  if (isListed(origin, /^null$/)) {
    return `${name}.credentials goes with origins by name: any page can have the origin null`;
  }
  const wild = isListed(allowedHeaders, /^\*$/) ? 'allowedHeaders' : 'exposedHeaders';
  if (isListed(allowedHeaders, /^\*$/) || isListed(exposedHeaders, /^\*$/)) {
    return `${name}.${wild} must be names beside credentials: browsers then take '*' for a name (Fetch: CORS protocol and credentials)`;
  }
  return undefined;
}

function isCorsOptions(value: Readonly<Record<string, unknown>>): boolean {
  const { origin = '*', credentials = false, allowedHeaders = [], exposedHeaders = [], maxAge = 0, ...unknown } = value;
  return (
    (Array.isArray(origin) ? origin.length > 0 && origin.every(isOrigin) : origin === '*' || isOrigin(origin)) &&
    typeof credentials === 'boolean' &&
    [allowedHeaders, exposedHeaders].every(isHeaderNames) &&
    Number.isSafeInteger(maxAge) &&
    Number(maxAge) >= 0 &&
    Object.keys(unknown).length === 0
  );
}

/** An origin as a browser sends it: without a path, not even a slash, and without wildcards or a default port. */
function isOrigin(value: unknown): boolean {
  if (typeof value !== 'string' || !/^(null|[a-z][a-z\d+.-]*:\/\/[^/?#\s*]+)$/.test(value)) return false;
  return !/^https?:/.test(value) || (URL.canParse(value) && new URL(value).origin === value);
}

function isHeaderNames(value: unknown): boolean {
  return Array.isArray(value) && value.every((name) => typeof name === 'string' && HEADER_NAME.test(name));
}

/** Tells whether a value, or one of several, matches. */
function isListed(value: unknown, pattern: RegExp): boolean {
  return [value].flat().some((each) => pattern.test(String(each)));
}
