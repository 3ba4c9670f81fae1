import { describe, expect, it } from 'vitest';
import { callRejected, failed, sessionClosed } from '../../../../../apps/cli/serve/log/records.ts';
import { type MediaEvent, sessionReport } from '../../../../../src/index.ts';
import { DEFAULT_TIMEOUTS, open } from '../../../../../src/session/lifecycle.ts';
import { StoreUnavailable } from '../../../../../src/session/store.ts';
import { events, start } from '../../../../../src/testing/conformance/samples.ts';

describe('the log record', () => {
  /** The record of a session of these events, and its report. */
  const closedBy = (...sent: readonly MediaEvent[]) => {
    const stored = sent.map((event, at) => ({ event, receivedAt: at }));
    const session = open('a', { event: start, receivedAt: 0 }, DEFAULT_TIMEOUTS);
    const report = sessionReport(session, stored);
    return { report, ...sessionClosed({ session, events: stored, report }) };
  };

  it('of a close has the codes of the diagnostics in its report, without those that only inform', () => {
    const { report, ...faulty } = closedBy(start, events.play, events.adStart, events.chapterComplete);
    expect(report.diagnostics).toContainEqual(expect.objectContaining({ code: 'equal-ts', severity: 'info' }));
    expect(faulty.fields).toMatchObject({ diagnostics: ['end-without-start', 'ad-outside-break'] });
    expect(faulty.text).toMatch(/, diagnostics: end-without-start ad-outside-break$/);
    const { fields, text } = closedBy(start, events.play);
    expect(fields).toMatchObject({ diagnostics: [] });
    expect(text).toMatch(/, no errors or warnings$/);
  });

  it('of a rejected call cuts no character in two, which strict readers of JSON reject', () => {
    const path = `/${'a'.repeat(98)}\u{1f600}b`;
    const why = { status: 404, code: 'unknown-path', message: 'No', errors: [], more: 0 } as const;
    const { fields } = callRejected({ method: 'POST', path, ...why, body: undefined, text: undefined });
    expect(fields).toMatchObject({ path: `/${'a'.repeat(98)}…` });
  });

  it('of a failure tells where in the code it was, but not for each call of an outage', () => {
    const stackOf = (error: Error) => failed({ error, during: 'store' }).fields['stack'];
    expect(stackOf(new TypeError('a fault'))).toContain('records.test.ts');
    expect(stackOf(new StoreUnavailable('The store is too slow'))).toBeUndefined();
  });
});
