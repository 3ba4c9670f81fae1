import { describe, expect, it } from 'vitest';
import { framingOf } from '../../../src/edge/framing.ts';
import {
  consentGiven,
  handled,
  newSession,
  problem,
  refused,
  refusedEvent,
  wrongDatastream,
} from '../../../src/edge/replies.ts';

const requestId = '5fdb8a1a-3f9c-4b3e-8a93-9b7f4e4c6c7d';
const answering = { requestId };
const name = '$.events[0].xdm.mediaCollection.sessionDetails.name';
const missing = { errors: [{ path: name, reason: 'Missing required field' }], more: 0 };

describe('the answers, byte for byte', () => {
  it('200 to a start', () => {
    const { headers, status, body } = handled([newSession('ab', 0)], answering);
    expect(status).toBe(200);
    expect(headers).toEqual({ 'Content-Type': 'application/json;charset=utf-8', 'Content-Length': '148' });
    expect(body).toBe(
      `{"requestId":"${requestId}","handle":[{"payload":[{"sessionId":"ab"}],"type":"media-analytics:new-session","eventIndex":0}]}`,
    );
  });

  it('207 to a start that is wrong', () => {
    const { headers, status, body } = refused({ reasons: missing, isStart: true }, answering);
    expect(status).toBe(207);
    expect(headers['Content-Type']).toBe('application/json;charset=utf-8');
    expect(body).toBe(
      `{"requestId":"${requestId}","handle":[],"errors":[{"type":"https://ns.adobe.com/aep/errors/va-edge-0400-400",` +
        '"status":400,"title":"Invalid request","report":{"eventIndex":0,"details":' +
        '[{"name":"$.xdm.mediaCollection.sessionDetails.name","reason":"Missing required field"}]}}]}',
    );
  });

  it('400 to an event that is wrong', () => {
    const errors = [{ path: '$.events[0].xdm.mediaCollection.playhead', reason: 'Missing required field' }];
    const { headers, status, body } = refused({ reasons: { errors, more: 0 }, isStart: false }, answering);
    expect(status).toBe(400);
    expect(headers['Content-Type']).toBe('application/problem+json');
    expect(body).toBe(
      '{"type":"https://ns.adobe.com/aep/errors/va-edge-0400-400","status":400,"title":"Bad Request",' +
        '"detail":"Invalid request. Please check your input and try again.",' +
        '"report":{"details":[{"name":"$.events[0].xdm.mediaCollection.playhead","reason":"Missing required field"}],' +
        `"requestId":"${requestId}"}}`,
    );
  });

  it('404 to a session that is unknown or closed, told apart on this side only', () => {
    const unknown = problem('unknown-session', answering);
    const closed = problem('closed-session', answering);
    expect(unknown.status).toBe(404);
    expect(unknown.body).toBe(
      '{"type":"https://ns.adobe.com/aep/errors/va-edge-0404-404","status":404,"title":"Not Found",' +
        '"detail":"The requested resource could not be found but may be available again in the future.",' +
        '"report":{"details":"Error processing request. If the session is longer than 24h, please start a new one. ' +
        `Returning Not Found","requestId":"${requestId}"}}`,
    );
    expect(closed.body).toBe(unknown.body);
    expect([unknown.code, closed.code]).toEqual(['unknown-session', 'closed-session']);
  });

  it('400 where the datastream is missing, or none', () => {
    expect(JSON.parse(wrongDatastream('', answering).body)).toMatchObject({
      type: 'https://ns.adobe.com/aep/errors/EXEG-0002-400',
      status: 400,
    });
    expect(JSON.parse(wrongDatastream('a b', answering).body)).toMatchObject({
      type: 'https://ns.adobe.com/aep/errors/EXEG-0003-400',
    });
  });

  it('the consent as the Web SDK waits for it', () => {
    expect(JSON.parse(handled([consentGiven('0123@AdobeOrg', 'in')], answering).body ?? '').handle).toEqual([
      {
        payload: [{ key: 'kndctr_0123_AdobeOrg_consent', value: 'general=in', maxAge: 15_552_000 }],
        type: 'state:store',
      },
    ]);
  });
});

describe('what is around the record', () => {
  const streaming = { recordSeparator: '\u0000', lineFeed: '\n', enabled: true };
  const framing = framingOf({ meta: { konductorConfig: { streaming } } });

  it('is there for whom it was asked by, in 200 and 207', () => {
    const { body, headers } = handled([], { requestId, framing });
    expect(body).toBe(`\u0000{"requestId":"${requestId}","handle":[]}\n`);
    expect(headers['Content-Length']).toBe('66');
    expect(refused({ reasons: missing, isStart: true }, { requestId, framing }).body).toMatch(/^\0\{.*\}\n$/);
    expect(refusedEvent(missing, { requestId, framing }).body).toMatch(/^\{.*\}$/);
  });

  it('is not there for anyone else', () => {
    for (const body of [null, 7, {}, { meta: { konductorConfig: { streaming: { enabled: 'true' } } } }]) {
      expect(framingOf(body)).toBeUndefined();
    }
  });

  it('is what was asked for, unless that is long or no text', () => {
    const asked = (own: object) => framingOf({ meta: { konductorConfig: { streaming: { enabled: true, ...own } } } });
    expect(asked({ recordSeparator: '\u001e' })).toEqual({ recordSeparator: '\u001e', lineFeed: '\n' });
    expect(asked({ recordSeparator: 'x'.repeat(1000), lineFeed: 7 })).toEqual({
      recordSeparator: '\u0000',
      lineFeed: '\n',
    });
  });
});

it('tells of each start what is wrong with it, by its place', () => {
  const errors = [0, 1, 1].map((place) => ({ path: `$.events[${place}].xdm`, reason: 'Missing required field' }));
  const { body, error } = refused({ reasons: { errors, more: 5 }, isStart: true }, answering);
  const detail = { name: '$.xdm', reason: 'Missing required field' };
  expect(JSON.parse(body).errors.map(({ report }: { report: object }) => report)).toEqual([
    { eventIndex: 0, details: [detail], more: 5 },
    { eventIndex: 1, details: [detail, detail] },
  ]);
  expect(error).toEqual({ message: 'Invalid request', errors, more: 5 });
});
