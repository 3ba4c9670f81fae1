import { type NodeMiddleware, sessionsMiddleware } from '../../../../adapters/http/node.ts';
import type { Collector } from '../../../../src/collector/collector.ts';
import type { Call } from '../../../../src/http/call.ts';
import type { Handler } from '../../../../src/http/handler.ts';
import type { Reply } from '../../../../src/http/reply.ts';
import { createInspector } from '../../../../src/inspector/inspector.ts';
import { failed } from '../log/lines.ts';
import type { Log } from '../log/log.ts';
import { type Authorize, bearer, fromThisMachine } from './authorization.ts';
import { type CountAnswer, counted, firstOf, guarded, type TextReply, textPage } from './routes.ts';

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
  readonly answered: CountAnswer;
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
const FRONT = textPage('/', async () => ({
  status: 302,
  location: 'inspect/',
  text: 'The inspector is at inspect/.\n',
}));

/** Where the inspector is. */
const INSPECTOR = '/inspect';

/** The pages of the server: its health for everyone; metrics and the inspector for those who may. */
export function pages(shown: Shown): NodeMiddleware {
  const { collector, health, metrics, inspector, token, isPrivate, answered } = shown;
  const authorize = authorizationOf(token, isPrivate);
  const rejection = token === undefined ? ASK_LOCALLY : ASK_WITH_TOKEN;
  const others = [
    counted('healthz', textPage('/healthz', health), answered),
    counted('metrics', guarded(textPage('/metrics', metrics), authorize, rejection), answered),
    ...(inspector ? [counted('front', FRONT, answered)] : []),
  ];
  const rest = sessionsMiddleware(firstOf(others, notFound));
  if (!inspector) return rest;
  const inspect = sessionsMiddleware(counted('inspect', guardedInspector(shown, authorize), answered), {
    prefix: INSPECTOR,
  });
  return (req, res) => inspect(req, res, () => rest(req, res));

  function notFound(call: Call): Reply {
    const reply = collector.notFound(call);
    answered('other', reply.status);
    return reply;
  }
}

function authorizationOf(token: string | undefined, isPrivate: boolean): Authorize {
  if (token !== undefined) return bearer(token);
  return isPrivate ? fromThisMachine : () => true;
}

/** The inspector. Its page is shown to everyone where there is a token: it holds nothing, and asks for it. */
function guardedInspector({ collector, token, log }: Shown, authorize: Authorize): Handler {
  const inspector = createInspector({ collector, authorize, onError: (failure) => log(failed(failure)) });
  return token === undefined ? guarded(inspector, authorize, ASK_LOCALLY) : inspector;
}
