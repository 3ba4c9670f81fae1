import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { Hono } from 'hono';
import { handle, type LambdaEvent } from 'hono/aws-lambda';
import { sessionsHandler } from '../../../adapters/http/fetch.ts';
import type { Collector } from '../../../src/collector/collector.ts';
import type { Host } from './host.ts';

/** A request as API Gateway hands it to a function (doc: AWS, "Lambda proxy integrations", payload format 1.0 or 2.0). */
type ToEvent = (req: IncomingMessage, url: URL, body: Buffer) => unknown;

/** Bodies come as text, as they do for any API without binary media types. */
const restApi: ToEvent = (req, { pathname, searchParams }, body) => ({
  version: '1.0',
  resource: '/{proxy+}',
  path: pathname, // without the stage
  httpMethod: req.method,
  headers: req.headers,
  multiValueHeaders: req.headersDistinct,
  queryStringParameters: Object.fromEntries(searchParams),
  body: body.length === 0 ? null : body.toString('utf8'),
  isBase64Encoded: false,
  requestContext: { domainName: req.headers.host, path: `/prod${pathname}`, stage: 'prod' },
});

/** Bodies come in base64, as they do for any type but text and JSON. */
const httpApi: ToEvent = (req, { pathname, search }, body) => ({
  version: '2.0',
  routeKey: '$default',
  rawPath: pathname, // with the stage
  rawQueryString: search.slice(1),
  headers: Object.fromEntries(Object.entries(req.headers).map(([name, value]) => [name, String(value)])),
  body: body.length === 0 ? undefined : body.toString('base64'),
  isBase64Encoded: true,
  requestContext: { domainName: req.headers.host, stage: 'prod', http: { method: req.method, path: pathname } },
});

/** API Gateway, in front of a function that has a route of its own beside the API. */
const serve =
  (toEvent: ToEvent, prefix = '') =>
  (collector: Collector) => {
    const sessions = sessionsHandler(collector, { prefix, passThrough: true });
    const app = new Hono().use(async (c, next) => (await sessions(c.req.raw)) ?? next());
    app.get(`${prefix}/hello`, (c) => c.text('hello'));
    const lambda = handle(app);
    return createServer(async (req, res) => {
      const read = await buffer(req).catch(() => undefined); // of a client that goes away
      if (read === undefined) return;
      const event = toEvent(req, new URL(`http://${req.headers.host}${req.url}`), read);
      const { statusCode, body, isBase64Encoded, ...answer } = await lambda(event as LambdaEvent); // what hono reads of it
      const headers = Object.entries(answer.multiValueHeaders ?? answer.headers ?? {});
      for (const [name, value] of headers) res.setHeader(name, value);
      res.statusCode = statusCode;
      res.end(Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'));
    });
  };

/** The ways to mount the API in AWS Lambda. The gateway has read the whole body before the function is called. */
export const lambdaHosts: readonly Host[] = [
  {
    name: 'AWS Lambda behind a REST API',
    serve: serve(restApi),
    traits: { headerNames: 'own', readsWholeBodies: true, hostParses: ['text'] },
  },
  {
    name: 'AWS Lambda behind an HTTP API, with the stage in its paths',
    serve: serve(httpApi, '/prod'),
    prefix: '/prod',
    traits: { headerNames: 'own', readsWholeBodies: true },
  },
];
