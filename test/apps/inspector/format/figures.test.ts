import { describe, expect, it } from 'vitest';
import { adFigures, chapterFigures, figureGroups, flagsOf } from '../../../../apps/inspector/format/figures.ts';
import { explainReport } from '../../../../src/report/explain.ts';
import { sessionReport } from '../../../../src/report/report.ts';
import { timeline } from '../../../support/inspector/playback.ts';
import { recorded } from '../../../support/report/sessions.ts';

const { session, events } = recorded(
  timeline(1).map((event) => ({ event, receivedAt: event.playerTime.ts })) as unknown as Parameters<typeof recorded>[0],
);
const report = sessionReport(session, events);

describe('the figures of a report', () => {
  const figures = [
    ...figureGroups(report).flatMap((group) => group.figures),
    ...adFigures(report.ads, 0),
    ...chapterFigures(report.chapters, 0),
  ];

  it('are every number that has an explanation', () => {
    const shown = new Set(figures.map(({ path }) => path));
    const explained = Object.keys(explainReport(session, events));
    const markers = explained.filter((path) => path.includes('hasProgress') || path.startsWith('diagnostics['));
    const unknown = ['qoeDataDetails.bitrateAverage', 'qoeDataDetails.droppedFrames', 'qoeDataDetails.timeToStart'];
    expect(explained.filter((path) => !shown.has(path) && !markers.includes(path) && !unknown.includes(path))).toEqual(
      [],
    );
  });

  it('have a label, their path and a value for people', () => {
    expect(figures).toContainEqual({
      label: 'Time in pause',
      path: 'sessionDetails.pauseTime',
      value: '0:10',
      isZero: false,
    });
    expect(figures.find(({ path }) => path.startsWith('ads[2]'))).toMatchObject({ value: '0:08' });
  });

  it('come with the flags that are set', () => {
    expect(flagsOf(report)).toContainEqual({ label: 'Completed', path: 'sessionDetails.isCompleted' });
  });
});
