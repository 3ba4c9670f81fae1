import { describe, expect, it } from 'vitest';
import { at, reportOf } from '../../../support/report/sessions.ts';

const start = at(0, 'sessionStart');
const texts = [0, 1].map((before) => 'x'.repeat(before) + '🎬'.repeat(200));

describe('a long text of a client', () => {
  it.each(texts)('is cut between characters where the ads of a break repeat it', (name) => {
    const adBreak = at(1, 'adBreakStart', 0, { params: { 'media.ad.podFriendlyName': name } });
    const [ad] = reportOf([start, adBreak, at(2, 'adStart')]).ads;
    const repeated = ad?.advertisingPodDetails.friendlyName ?? '';
    expect(name.startsWith(repeated)).toBe(true);
    expect(repeated).toMatch(/^x?(🎬){127,128}$/u);
  });

  it.each(texts)('is cut between characters where the chapters repeat it', (id) => {
    const { chapters } = reportOf([at(0, 'sessionStart', 0, { params: { 'media.id': id } }), at(1, 'chapterStart')]);
    expect(chapters[0]?.chapterDetails.ID).toMatch(/^x?(🎬){127,128}_1$/u);
  });

  it.each(texts)('is cut between characters where a diagnostic shows it', (id) => {
    const { diagnostics } = reportOf([start, at(1, 'adStart', 0, { params: { 'media.ad.id': id } })]);
    const { message } = diagnostics.find(({ code }) => code === 'ad-outside-break') ?? {};
    expect(message).toMatch(/"x?(🎬){31,32}"/u);
  });
});
