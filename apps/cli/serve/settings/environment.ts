import { OPTIONS } from './options.ts';

/** Variables of the environment, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What Kubernetes gives every container as NAME_PORT where there is a service of that name: nobody set it. */
const SERVICE_LINK = /^tcp:\/\//;
/** What else it gives for such a service, by its name: one of this name, or one that begins with it. */
const SERVICE_VARIABLE = /_SERVICE_(HOST|PORT(_\w+)?)$|_PORT(_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?$/;

/** The first of some variables that is set, which an empty one is not. */
export function firstSet(
  variables: readonly string[],
  env: Environment,
): { readonly source: string; readonly text: string } | undefined {
  for (const source of variables) {
    const text = env[source];
    if (text && !SERVICE_LINK.test(text)) return { source, text };
  }
  return undefined;
}

/** Variables that are named as ours are and belong to no option: misspelt, most likely. */
export function findUnknownVariables(env: Environment): readonly string[] {
  const known = new Set<string>(Object.values(OPTIONS).flatMap(({ variables }) => variables));
  return Object.keys(env).filter(
    (name) => name.startsWith('MEDIA_SESSIONS_') && !known.has(name) && !SERVICE_VARIABLE.test(name),
  );
}
