import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { start as sample } from '../../../../src/testing/conformance/samples.ts';
import { eventually } from '../../../support/eventually.ts';
import { boxOf, chromiumIsMissing, screenshots, usePages } from '../../../support/inspector/pages.ts';
import { play, recording, timeline } from '../../../support/inspector/playback.ts';

describe.skipIf(chromiumIsMissing())('the page of sessions and calls', () => {
  const { serve, open } = usePages();

  it('says how to connect a player while there is nothing, with a command that works', { tags: ['long'] }, async () => {
    const server = await serve();
    const page = await open(server.page);
    const command = (await page.getByRole('region', { name: 'Command' }).textContent()) ?? '';
    const [, url, body] = /^curl -i (\S+) -d '(.*)'$/s.exec(command) ?? [];
    const answer = await fetch(url ?? '', { method: 'POST', body: body ?? '' });
    expect(answer.status).toBe(201);
    await page.getByRole('option', { name: /First video/ }).waitFor();
    await eventually(async () => expect(await page.getByRole('region', { name: 'Connect a player' }).count()).toBe(0));
  });

  it('shows a session as it is played, without a reload', async () => {
    const server = await serve();
    const page = await open(server.page);
    await page.getByText('No sessions yet.').waitFor();

    const [start, ...events] = recording('01-simple-vod');
    if (!start) throw new Error('The recording is empty');
    const sid = await play(server, [start], { params: { 'media.name': 'Played live' } });
    await page.getByRole('option', { name: /open.*Played live/ }).click();
    await page.waitForURL(`${server.page}#/sessions/${sid}`);
    await page.getByRole('heading', { name: '1 event', exact: true }).waitFor();

    const first = start.playerTime.ts;
    const began = server.now();
    for (const event of events) {
      server.advance(began + event.playerTime.ts - first - server.now());
      const ts = began + event.playerTime.ts - first;
      await server.post(`/api/v1/sessions/${sid}/events`, { ...event, playerTime: { ...event.playerTime, ts } });
    }
    await page.getByRole('heading', { name: `${events.length + 1} events` }).waitFor();
    server.advance(601_000);
    await page.locator('.pill', { hasText: 'closed after silence' }).waitFor();
    await page.getByRole('button', { name: 'open', exact: true }).click();
    await page.getByText('No session matches.').waitFor();

    const report = await server.collector.report(sid);
    const shown = await page.getByRole('button', { name: /sessionDetails\.timePlayed/ }).textContent();
    expect(shown).toContain(`0:${String(report?.sessionDetails.timePlayed).padStart(2, '0')}`);
  });

  it('draws what was on to scale, with names', { tags: ['long'] }, async () => {
    const server = await serve();
    const sid = await play(server, timeline(1));
    const page = await open(`${server.page}#/sessions/${sid}`);
    const drawing = page.getByRole('region', { name: 'Timeline' });

    const ads = drawing.getByRole('group', { name: 'Ads' });
    await ads.getByRole('button').first().waitFor();
    expect(await namesIn(ads)).toEqual(['Ad: Ad 1, 0:15', 'Ad: Ad 2, 0:07', 'Ad: Ad 3, 0:08']);
    expect(await namesIn(drawing.getByRole('group', { name: 'Ad breaks' }))).toEqual([
      'Ad break: pre-roll, 0:22',
      'Ad break: mid-roll, 0:08',
    ]);
    expect(await namesIn(drawing.getByRole('group', { name: 'Pauses' }))).toEqual(['Pause, 0:10']);
    expect(await namesIn(drawing.getByRole('group', { name: 'Buffering' }))).toEqual(['Buffering, 0:03']);

    // The known times of the recording, in seconds from its start, against what is drawn.
    const track = await boxOf(drawing.getByRole('listbox'));
    const events = (await server.collector.events(sid)) ?? [];
    const from = events[0]?.event.playerTime.ts ?? 0;
    const length = (events.at(-1)?.event.playerTime.ts ?? 0) - from;
    const drawn = async (name: string) => {
      const { x, width } = await boxOf(drawing.getByRole('button', { name }));
      const seconds = (pixels: number) => (pixels / track.width) * (length / 1000);
      return { from: seconds(x - track.x), to: seconds(x - track.x + width) };
    };
    const aPixel = length / 1000 / track.width;
    const near = (seconds: number) => expect.closeTo(seconds, -Math.log10(4 * aPixel));
    expect(await drawn('Ad: Ad 1, 0:15')).toEqual({ from: near(0), to: near(15) });
    expect(await drawn('Ad: Ad 2, 0:07')).toEqual({ from: near(15), to: near(22) });
    const pause = events.find(({ event }) => event.eventType === 'pauseStart')?.event.playerTime.ts ?? 0;
    const paused = (pause - from) / 1000;
    expect(await drawn('Pause, 0:10')).toEqual({ from: near(paused), to: near(paused + 10) });

    await eventually(async () => expect(await drawing.getByRole('option', { name: /^play at 0:22/ }).count()).toBe(1));
    expect(await drawing.getByRole('option').count()).toBeGreaterThan(10);
  });

  it('shows a picked event: its JSON, its times, how to send it again', { tags: ['long'] }, async () => {
    const server = await serve();
    const sid = await play(server, timeline(1));
    const page = await open(`${server.page}#/sessions/${sid}`, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByRole('listbox', { name: 'Events in order' }).getByText('pauseStart').click();
    const picked = page.getByRole('region', { name: 'Picked event' });
    const event = (await server.collector.events(sid))?.find(
      (stored) => stored.event.eventType === 'pauseStart',
    )?.event;
    await picked.getByText(`ts ${event?.playerTime.ts}`).waitFor();
    const shown = await picked.getByRole('region', { name: 'Event as JSON' }).textContent();
    expect(JSON.parse(shown ?? '')).toEqual(event);
    expect(await page.getByRole('option', { name: /^pauseStart at/ }).getAttribute('aria-selected')).toBe('true');

    await picked.getByRole('button', { name: 'Copy JSON' }).click();
    await picked.getByText('Copied').waitFor();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(JSON.parse(copied)).toEqual(event);
    await picked.getByRole('button', { name: 'Copy curl' }).click();
    await eventually(async () =>
      expect(await page.evaluate<string>('navigator.clipboard.readText()')).toContain('curl'),
    );
    const command = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(command).toContain(`'${server.url}/api/v1/sessions/${sid}/events'`);
  });

  it('shows what a client sent as text, whatever it is', async () => {
    const server = await serve();
    const hostile = `</script><img src=x onerror="alert(1)"><b>bold</b> \u202Etxet desrever`;
    const sid = await play(server, timeline(1), {
      params: { 'media.name': hostile, 'media.playerName': hostile, 'media.channel': hostile, 'media.genre': hostile },
    });
    await server.post(`/api/v1/sessions/${sid}/events`, { eventType: hostile, playerTime: { [hostile]: hostile } });
    await server.post(`/api/v1/sessions/${sid}/events`, hostile);
    const page = await open(`${server.page}#/sessions/${sid}`);
    await page.getByRole('heading', { name: hostile }).waitFor();
    const row = page.getByRole('option', { name: /open|closed/ }).first();
    expect(await row.textContent()).toContain(hostile);
    const options = page.getByRole('listbox', { name: 'Events in order' }).getByRole('option');
    await options.first().click();
    const rejected = page.getByRole('region', { name: 'Rejected calls of this session' });
    const calls = page.getByRole('button', { name: /POST/ });
    await calls.nth(1).waitFor();
    for (const call of await calls.all()) await call.click();
    await page.goto(`${server.page}#/rejections`);
    await rejected.waitFor({ state: 'detached' });
    await calls.nth(1).waitFor();
    for (const call of await calls.all()) await call.click();
    await page.getByText(hostile).first().waitFor();
    expect(await page.locator('img, #app script, #app b:text("bold")').count()).toBe(0);
  });

  it('shows a rejected call with its reasons, at their places in the body', { tags: ['long'] }, async () => {
    const server = await serve();
    const sid = await server.start(sample);
    const body = { eventType: 'adStart', playerTime: { playhead: 'far', ts: 1 }, params: { 'media.ad.id': 'a' } };
    await server.post(`/api/v1/sessions/${sid}/events`, body);
    await server.post('/api/v1/sessions', '{"cut');
    const page = await open(`${server.page}#/rejections`);
    await page.getByRole('button', { name: /POST \/api\/v1\/sessions\/.*playhead/ }).click();
    const reasons = page.getByRole('list', { name: 'Reasons' });
    await reasons.getByRole('listitem').filter({ hasText: '$.playerTime.playhead' }).waitFor();
    const wrong = page.locator('.json-line.wrong');
    expect(await wrong.first().textContent()).toContain('"playhead": "far"');
    expect(await wrong.nth(1).textContent()).toContain('media.ad.podPosition');
    await page.screenshot({ path: `${screenshots}rejected.png` });

    await page.getByRole('button', { name: /POST.*JSON/ }).click();
    await page.getByText('The body is no JSON').waitFor();
    await page.getByRole('link', { name: 'The session it was for' }).click();
    const own = page.getByRole('region', { name: 'Rejected calls of this session' });
    await own.getByRole('button', { name: /playhead/ }).waitFor();
    expect(await own.getByRole('button', { name: /POST/ }).count()).toBe(1);
  });

  it('asks for a token where one is needed, and takes one from the address', async () => {
    const server = await serve({}, { authorize: (call) => call.header('authorization') === 'Bearer let me in' });
    await server.start(sample);
    const page = await open(server.page, { expected: /401/ });
    const field = page.getByLabel('Token', { exact: true });
    await field.fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('The server refused this token.').waitFor();
    await field.fill('let me in');
    await page.keyboard.press('Enter');
    await page.getByRole('option').first().waitFor();
    await page.reload();
    await page.getByRole('option').first().waitFor();

    const other = await open(`${server.page}#token=${encodeURIComponent('let me in')}`);
    await other.getByRole('option').first().waitFor();
    expect(other.url()).not.toContain('token');
    expect(await other.evaluate<number>('history.length')).toBeLessThan(3);
  });
});

async function namesIn(lane: Locator): Promise<(string | null)[]> {
  return Promise.all((await lane.getByRole('button').all()).map((button) => button.getAttribute('aria-label')));
}
