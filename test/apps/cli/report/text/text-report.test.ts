import { afterAll, describe, expect, it } from 'vitest';
import { events, start } from '../../../../../src/testing/conformance/samples.ts';
import { removeInputs, runReport, writeInput } from '../../../../support/cli/report.ts';
import { RECORDINGS } from '../../../../support/recordings.ts';

afterAll(removeInputs);

const captures = 'test/fixtures/captures';

/** The text of the report of one session. */
async function textOf(...lines: readonly unknown[]): Promise<string> {
  const { stdout, warnings } = await runReport(['--text', writeInput(lines)]);
  expect(warnings).toEqual([]);
  return stdout;
}

describe('media-sessions report as text', () => {
  it('shows a session at a glance', async () => {
    const { stdout } = await runReport(['--text', `${captures}/js-sdk/03-ads-chapters-all.json`]);
    expect(stdout).toMatchInlineSnapshot(`
      "session sid: Video Name, vod, 10:01
      2026-01-15 10:01:00 UTC, 0:36 long, 23 events, closed by sessionEnd
      Media Collection API, js-3.1.0

                        0:00                    0:12                     0:24                0:36
      content                                                ━━━━━━━━━━━━━━━━━━━━━━━━           ━     0:12
      ads               1━━━━━━━━━━━━━━━━━━━━━━━━━━━━━2━━━━━━                            3━━━━━━━     0:22
      chapters                                               1━━━━━━━━━━━━━━━━━━━━━━━                 0:12
      stall                                                                          ━━━━             0:02

      played 0:12, with ads 0:34, unique 0:12; pauses 0, bufferings 0, stalls 1, errors 0
      played

      ad 1        at 0:00     0:15     completed      ad-1
      ad 2        at 0:15     0:03     not completed  ad-2
      ad 3        at 0:32     0:04     not completed  ad-3
      chapter 1   at 0:00     0:12     completed      Chapter 1
      chapter 2   at 0:30     0:00     not completed  Chapter 2

      info     equal-ts, 13 times, first at 0:00
               13 events with the same ts as the one before; Adobe's SDKs do this themselves, so there is
               nothing to do there, and another client keeps 1 ms between events, so that their order is
               certain.
      "
    `);
  });

  it('goes by the time that was, where the clock of the client was set', async () => {
    const second = (at: number, type: 'play' | 'ping', set = 0) => ({
      sid: 'a',
      event: { eventType: type, playerTime: { playhead: at, ts: start.playerTime.ts + (at + set) * 1000 } },
      receivedAt: at * 1000,
    });
    const set = [second(30, 'ping', -3600), second(40, 'ping', -3600)];
    const stdout = await textOf(
      { sid: 'a', event: start, receivedAt: 0 },
      second(0, 'play'),
      second(20, 'ping'),
      ...set,
    );
    expect(stdout).toMatch(/ 0:40 long, /);
    expect(stdout).toMatch(/^content +━{30,} +0:40$/m);
    expect(stdout).toMatch(/^warning +clock-jump, at 0:30$/m);
  });

  it('keeps within its width, and shows what a client sent without obeying it', async () => {
    const evil = '\u001b[2J\u009b31m\nforged: line\u202e';
    const named = { ...start, params: { ...start.params, 'media.name': evil } };
    const state = { ...events.stateStart, params: { 'media.state.name': evil } };
    const sent = [named, events.play, state, events.adStart];
    const stdout = await textOf(...sent.map((event, at) => ({ sid: evil, event, receivedAt: at })));
    expect(stdout).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
    expect(stdout).not.toMatch(/^forged/m);
    expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });

  it('is what a terminal gets without being asked, as wide as that is, within limits', async () => {
    const path = writeInput([{ sid: 'a', event: start, receivedAt: 0 }]);
    const widthOn = async (columns: number) => {
      const { stdout } = await runReport([path], columns);
      expect(stdout).toMatch(/^session a: /);
      const [, content = ''] = /^(content .*)$/m.exec(stdout) ?? [];
      return content.length;
    };
    expect([await widthOn(20), await widthOn(90), await widthOn(500)]).toEqual([60, 90, 120]);
    expect((await runReport(['--json', path], 90)).stdout).toMatch(/^\{"/);
  });

  it('shows a length that is the greatest number, as a player may call an endless stream', async () => {
    const endless = { ...start, params: { ...start.params, 'media.length': Number.MAX_VALUE } };
    expect(await textOf({ sid: 'a', event: endless, receivedAt: 0 })).toMatch(/^session a: .*, ∞\n/);
  });

  it('calls a session that may still play not played yet, and one that cannot dropped', async () => {
    const line = (receivedAt: number) => ({ sid: 'a', event: start, receivedAt });
    expect(await textOf(line(Date.now()))).toMatch(/still open\n[\s\S]*\nnot played yet\n/);
    expect(await textOf(line(0))).toMatch(/closed by idle\n[\s\S]*\ndropped before start\n/);
  });

  it('names no time twice on the scale of a short session', async () => {
    for (const [length, scale] of [
      [0, ['0:00']],
      [1000, ['0:00', '0:01']],
      [2000, ['0:00', '0:01', '0:02']],
    ] as const) {
      const ping = { ...events.ping, playerTime: { playhead: 0, ts: start.playerTime.ts + length } };
      const stdout = await textOf(...[start, ping].map((event, at) => ({ sid: 'a', event, receivedAt: at })));
      const times = stdout.split('\n').find((line) => /^ +0:00/.test(line));
      expect(times?.trim().split(/ +/)).toEqual(scale);
    }
  });

  it.each(RECORDINGS)('shows the recording $name', async ({ name }) => {
    const { stdout, warnings } = await runReport(['--text', `${captures}/${name}.json`]);
    expect(warnings).toEqual([]);
    expect(stdout).toMatch(/^session sid1?: .*\n.* closed by \w+\n/);
    expect(stdout).not.toMatch(/undefined|NaN|Infinity/);
  });
});
