import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { curlOf } from '../../../../apps/inspector/format/curl.ts';
import type { MediaEvent } from '../../../../src/wire/events.ts';

describe('the command that sends an event again', () => {
  const event = (eventType: string, text = 'x') =>
    ({ eventType, playerTime: { playhead: 0, ts: 1 }, params: { 'media.id': text } }) as unknown as MediaEvent;

  it('starts a session with a start, and goes to the session with anything else', () => {
    expect(curlOf('http://host', 'sid', event('sessionStart'))).toContain("'http://host/api/v1/sessions'");
    expect(curlOf('http://host', 'sid', event('ping'))).toContain("'http://host/api/v1/sessions/sid/events'");
  });

  it('reaches curl as it was meant, whatever the event holds', () => {
    const hostile = `'; echo owned; echo '$(id) \`id\` "\\`;
    const command = curlOf('http://host', 'sid', event('ping', hostile));
    const given = execFileSync('sh', ['-c', command.replace(/^curl/, "printf '%s\\n'")], { encoding: 'utf8' });
    expect(JSON.parse(given.trimEnd().split('\n').at(-1) ?? '')).toEqual(event('ping', hostile));
  });
});
