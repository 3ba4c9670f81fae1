import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sessionReport } from '../../../../src/report/report.ts';
import { reportSchema } from '../../../../src/report/schema/report-schema.ts';
import { itForAny } from '../../../support/it-for-any.ts';
import { arbitrarySession } from '../../../support/report/arbitrary-session.ts';
import { sessionsOf } from '../../../support/report/recorded-sessions.ts';
import { at, recorded } from '../../../support/report/sessions.ts';

const validate = new Ajv({ allErrors: true }).compile(reportSchema);

describe('the JSON Schema of the report', () => {
  it('is plain JSON of a draft that any validator knows', () => {
    expect(JSON.parse(JSON.stringify(reportSchema))).toMatchObject({
      $schema: 'http://json-schema.org/draft-07/schema#',
      $id: 'urn:media-sessions:report',
      type: 'object',
    });
  });

  it.each([
    'js-sdk/03-ads-chapters-all',
    'js-sdk/05-buffer-seek-bitrate-error-states',
    'mobile/ios-12-downloaded-states',
  ])('admits the report of %s', (name) => {
    for (const { session, events } of sessionsOf(name)) expectValid(sessionReport(session, events));
  });

  itForAny('admits the report of any session, closed or open', 300, () =>
    fc.property(arbitrarySession({ scrambled: true }), (arriving) => {
      const { session, events } = recorded(arriving);
      expectValid(sessionReport(session, events));
      expectValid(sessionReport(session, events, { asOf: session.lastEventAt }));
    }),
  );

  it('does not admit a flag that is false or a duration with a fraction', () => {
    const { session, events } = recorded([at(0, 'sessionStart')]);
    const report = sessionReport(session, events);
    const { sessionDetails } = report;
    expect(validate({ ...report, sessionDetails: { ...sessionDetails, isPlayed: false } })).toBe(false);
    expect(validate({ ...report, sessionDetails: { ...sessionDetails, timePlayed: 0.5 } })).toBe(false);
  });
});

function expectValid(report: unknown): void {
  const asJson: unknown = JSON.parse(JSON.stringify(report));
  validate(asJson);
  expect(validate.errors).toBeNull();
}
