import { type NodeMiddleware, sessionsMiddleware } from '../../../../adapters/http/node.ts';
import type { Collector } from '../../../../src/collector/collector.ts';
import type { Call } from '../../../../src/http/call.ts';
import type { Handler } from '../../../../src/http/handler.ts';
import type { Reply } from '../../../../src/http/reply.ts';
import { createInspector } from '../../../../src/inspector/inspector.ts';
import type { Log } from '../log/log.ts';
import { failed } from '../log/records.ts';
import type { Access } from './authorization.ts';
import { counted, firstOf, guarded } from './handler-combinators.ts';
import type { Health } from './health.ts';
import { heartbeats } from './heartbeats.ts';
import type { Metrics } from './metrics.ts';
import { textPage } from './text-page.ts';

/** What the server shows beside the API, and to whom. */
export interface PagesOptions {
  readonly collector: Collector;
  readonly health: Health;
  readonly metrics: Metrics;
  /** Whether there is an inspector. */
  readonly inspector: boolean;
  /** Who may see the inspector and the metrics. */
  readonly access: Access;
  readonly log: Log;
}

/** Leads a browser to the inspector, by a relative path: a proxy may have put one before it. */
const FRONT = textPage('/', async () => ({
  status: 302,
  text: 'The inspector is at inspect/.\n',
  headers: { Location: 'inspect/' },
}));

/** The pages of the server: its health for everyone; metrics and the inspector for those who may. */
export function pages(options: PagesOptions): NodeMiddleware {
  const { collector, health, metrics, inspector, access, log } = options;
  const { countRequest } = metrics;
  const textPages = [
    counted('heartbeats', heartbeats(log), countRequest),
    counted('healthz', textPage('/healthz', health.check), countRequest),
    counted('metrics', guarded(textPage('/metrics', metrics.page), access), countRequest),
    ...(inspector ? [counted('front', FRONT, countRequest)] : []),
  ];
  const serveText = sessionsMiddleware(firstOf(textPages, notFound));
  if (!inspector) return serveText;
  const inspectorPages = counted('inspect', guardedInspector(options), countRequest);
  const serveInspector = sessionsMiddleware(inspectorPages, { prefix: '/inspect' });
  return (req, res) => serveInspector(req, res, () => serveText(req, res));

  function notFound(call: Call): Reply {
    const reply = collector.notFound(call);
    countRequest('other', reply.status);
    return reply;
  }
}

/** The inspector. Its page is shown to everyone where there is a token: it holds nothing, and asks for it. */
function guardedInspector({ collector, access, log }: PagesOptions): Handler {
  const { authorize, byToken } = access;
  const inspector = createInspector({ collector, authorize, onError: (failure) => log(failed(failure)) });
  return byToken ? inspector : guarded(inspector, access);
}
