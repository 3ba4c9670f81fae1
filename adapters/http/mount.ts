import { createCollector } from '../../src/collector/collector.ts';
import type { CollectorOptions } from '../../src/collector/options.ts';
import { checkOptionNames, isOptions } from '../../src/common/option-checks.ts';
import { checkBasePath, pathBelow } from '../../src/http/base-path.ts';
import { type Handler, isHandler } from '../../src/http/handler.ts';

/** Where a handler is in a server. */
export interface MountOptions {
  /** The path it is mounted under, where URLs still have it: `/media`. A host that strips it leaves nothing to say. */
  readonly prefix?: string | undefined;
}

/** The options of a collector, and those of its mount beside them; or a handler, such as a collector, to share it. */
export type Mountable<Mount extends MountOptions = MountOptions> = (CollectorOptions & Mount) | Handler;

/** A handler at its place in a server. */
export interface Mounted<Mount extends MountOptions> {
  readonly handler: Handler;
  readonly mount: Mount;
  /** The path as the handler sees it; undefined for one that is outside its prefix. */
  below(path: string): string | undefined;
}

/**
 * Reads the arguments of a middleware: `(options)`, `(options, mount)` or `(handler, mount)`.
 *
 * @param owner The middleware, for errors.
 * @param names The options of the mount.
 * @throws TypeError when an option is wrong or unknown.
 */
export function mountHandler<Mount extends MountOptions>(
  owner: string,
  names: readonly (keyof Mount & string)[],
  mountable: Mountable<Mount> = {} as Mount, // every option of a mount may be left out
  mount: Mount = {} as Mount,
): Mounted<Mount> {
  checkOptionNames(mount, names, owner);
  const [collectorOptions, ownMount] = isHandler(mountable) ? [undefined, {}] : split(mountable, names);
  const options: Mount = { ...ownMount, ...mount };
  const { prefix = '' } = options;
  const basePath = checkBasePath(owner, prefix);
  return {
    handler: isHandler(mountable) ? mountable : createCollector(collectorOptions),
    mount: options,
    below: basePath === '' ? (path) => path : (path) => pathBelow(basePath, path),
  };
}

/** Tells the options of the collector from those of its mount. What is no options at all is left to the collector. */
function split<Mount extends MountOptions>(
  options: CollectorOptions & Mount,
  names: readonly string[],
): [CollectorOptions, Partial<Mount>] {
  if (!isOptions(options)) return [options, {}];
  const entries = Object.entries(options);
  const ofMount = entries.filter(([name]) => names.includes(name));
  if (ofMount.length === 0) return [options, {}];
  const ofCollector = entries.filter(([name]) => !names.includes(name));
  // Object.entries forgets which name had which type.
  return [Object.fromEntries(ofCollector), Object.fromEntries(ofMount) as Partial<Mount>];
}
