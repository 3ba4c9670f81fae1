import type { Collector } from '../../../../src/collector/collector.ts';
import { createInspector } from '../../../../src/inspector/inspector.ts';
import { failed } from '../log/lines.ts';
import type { Log } from '../log/log.ts';
import { type Authorize, bearer, fromThisMachine } from './authorization.ts';
import { guarded, type Routes, type TextReply, textPage } from './routes.ts';

/** What the server shows beside the API, and to whom. */
export interface Shown {
  readonly collector: Collector;
  readonly log: Log;
  readonly health: () => Promise<TextReply>;
  readonly metrics: () => Promise<TextReply>;
  readonly inspector: boolean;
  readonly token: string | undefined;
  /** Whether only this machine reaches the server. */
  readonly isPrivate: boolean;
}

const ASK_WITH_TOKEN: TextReply = {
  status: 401,
  text: 'Send the token of this server: Authorization: Bearer TOKEN.\n',
};
const ASK_LOCALLY: TextReply = {
  status: 403,
  text: 'Without a token this is only shown on http://localhost, http://127.0.0.1 and http://[::1], through no proxy.\n',
};

/** Who opens the server in a browser wants the inspector. A relative path, for a proxy may have put one before it. */
const FRONT: Routes[number] = [
  'front',
  textPage('/', async () => ({ status: 302, location: 'inspect/', text: 'The inspector is at inspect/.\n' })),
];

/** The pages of the server: its health for everyone; metrics and the inspector for those who may. */
export function pages({ collector, log, health, metrics, inspector, token, isPrivate }: Shown): Routes {
  const authorize = authorizationOf(token, isPrivate);
  const rejection = token === undefined ? ASK_LOCALLY : ASK_WITH_TOKEN;
  return [
    ['healthz', textPage('/healthz', health)],
    ['metrics', guarded(textPage('/metrics', metrics), authorize, rejection)],
    ...(inspector ? [FRONT, inspectorRoute(collector, authorize, token, log)] : []),
  ];
}

function authorizationOf(token: string | undefined, isPrivate: boolean): Authorize {
  if (token !== undefined) return bearer(token);
  return isPrivate ? fromThisMachine : () => true;
}

/** The inspector. Its page is shown to everyone where there is a token: it holds nothing, and asks for it. */
function inspectorRoute(
  collector: Collector,
  authorize: Authorize,
  token: string | undefined,
  log: Log,
): Routes[number] {
  const onError = (failure: Parameters<typeof failed>[0]) => log(failed(failure));
  const inspector = createInspector({ collector, authorize, path: '/inspect', onError });
  return ['inspect', token === undefined ? guarded(inspector, authorize, ASK_LOCALLY) : inspector];
}
