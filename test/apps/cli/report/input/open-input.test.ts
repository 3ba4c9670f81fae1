import { afterAll, describe, expect, it } from 'vitest';
import { openInput } from '../../../../../apps/cli/report/input/open-input.ts';
import { events, start } from '../../../../../src/testing/conformance/samples.ts';
import { recordedRequest, removeInputs, writeInput } from '../../../../support/cli/report.ts';

afterAll(removeInputs);

/** What is wrong with a file that has no session to report. */
async function faultOf(path: string): Promise<string> {
  const failure = await openInput(path)
    .then((input) => input.sids())
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({ name: 'BadInput', message: expect.stringContaining(`cannot read ${path}: `) });
  return (failure as Error).message.slice(`cannot read ${path}: `.length);
}

describe('an input without a session', () => {
  const opening = recordedRequest(0, start);
  const following = recordedRequest(0, events.play, '{sid}');
  const line = { sid: 'a', event: start, receivedAt: 0 };

  it.each([
    ['an empty file', '', 'there is no session in it'],
    ['an array without requests', '[]', 'there is no session in it'],
    ['a text', 'Hello\nyou', /^line 1 is not JSON: /],
    ['a recording that is cut', '[{"method":', /^it is not JSON: /],
    ['lines that are cut', '{"sid":"a"\n{"sid":"a","ev', /^line 1 is not JSON: .*; that is the first of 2 faults$/],
    ['a number', '42', 'line 1 is neither { sid, event, receivedAt } nor { session, events }'],
    ['something else in a recording', [1], 'request 1 is not { method, path, headers, body, atMs }'],
    [
      'a report',
      { sid: 'a', open: false, sessionDetails: {} },
      'line 1 is a report already; give the requests, events or sessions that it was made of',
    ],
    ['a request without a time', [{ ...opening, atMs: undefined }], /^request 1 has no atMs/],
    ['a start that no collector keeps', [recordedRequest(0, { eventType: 'pong' })], /^request 1 .*eventType/],
    ['events without a start', [following], 'request 1 is for session {sid}, which no sessionStart before it opened'],
    ['sessions that cannot be told apart', [opening, opening, following], /call them \{sid1\}, \{sid2\}/],
    ['a downloaded session without events', [recordedRequest(0, [])], 'request 1 is an array without events'],
    ['a stored event without its time', { ...line, receivedAt: undefined }, /^line 1 has no receivedAt/],
    ['stored events without a start', { ...line, event: events.play }, /^line 1 .*sessionStart/],
    ['a stored session that is none', { session: {}, events: [line] }, /^line 1 has no session with a sid/],
    [
      'a stored session without events',
      { session: { sid: 'a', deadline: 0, closeReason: 'idle' }, events: [] },
      'line 1 is a session without events',
    ],
    ['a SQLite file that is broken', 'SQLite format 3\0\x10\0', /^file is not a database$/],
  ])('says what is wrong with %s', async (_name, content, expected) => {
    const fault = await faultOf(writeInput(typeof content === 'string' ? content : JSON.stringify(content)));
    if (typeof expected === 'string') expect(fault).toBe(expected);
    else expect(fault).toMatch(expected);
  });

  it.each([
    ['a file that is not there', 'nowhere.json', 'no such file or directory'],
    ['a folder', 'test', 'illegal operation on a directory'],
  ])('says so of %s', async (_name, path, expected) => {
    expect(await faultOf(path)).toBe(expected);
  });
});
