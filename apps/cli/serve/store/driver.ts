import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CannotRun, reasonOf } from '../../errors.ts';

/** How long the connection of a driver to its database may take, in milliseconds. */
export const CONNECT_TIMEOUT = 2_000;

/**
 * Loads a database driver, which the user has installed beside this package, or, where npx runs this package from
 * its cache, in the working directory. Throws a CannotRun.
 */
export async function loadDriver<Driver>(name: string, store: string): Promise<Driver> {
  for (const place of [import.meta.url, pathToFileURL(join(process.cwd(), 'package.json')).href]) {
    const path = resolve(name, place);
    if (path === undefined) continue;
    const driver = await import(pathToFileURL(path).href);
    return driver.default ?? driver; // CommonJS: not every export of it has a name of its own
  }
  throw new CannotRun(`a store in ${store} needs the package ${name}: npm install ${name}; see docs/serve.md#stores`);
}

function resolve(name: string, place: string): string | undefined {
  try {
    return createRequire(place).resolve(name);
  } catch {
    return undefined;
  }
}

/** What Node says of a certificate whose authority it does not know. */
const UNTRUSTED = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** Why a database cannot be connected to, and what to do about it. */
export function explainConnectError(error: unknown): string {
  const reason = reasonOf(error);
  if (UNTRUSTED.has((error as NodeJS.ErrnoException | undefined)?.code ?? '')) {
    return `${reason.split(';')[0]}; NODE_EXTRA_CA_CERTS names a file with the certificate of its authority; see docs/serve.md#stores`;
  }
  return /, no encryption$/.test(reason)
    ? `${reason}; ?sslmode=verify-full in the URL asks for TLS; see docs/serve.md#stores`
    : reason;
}
