import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { openLog } from '../../../../../apps/cli/serve/log/open-log.ts';

describe('a log that nobody reads', () => {
  it.each([
    ['text', /^\S+ 5 lines were left out here, since nobody read them\n$/, /^\S+ last\n$/],
    ['json', /"lines":5,"msg":"lines left out"\}\n$/, /"msg":"last"\}\n$/],
  ] as const)('leaves lines of %s out rather than keep them all, and says how many', (format, lost, last) => {
    const written: string[] = [];
    let read = () => {};
    const output = new Writable({
      write(chunk, _encoding, done) {
        written.push(String(chunk));
        read = done;
      },
    });
    const { log } = openLog(format, output);
    const say = (text: string) => log({ level: 'info', message: text, text, fields: {} });
    for (let line = 0; line < 10; line++) say('x'.repeat(1_000_000));
    expect(output.writableLength).toBeLessThan(6_000_000);
    while (output.writableLength > 0) read();
    say('last');
    while (output.writableLength > 0) read();
    expect(written.slice(-2)).toEqual([expect.stringMatching(lost), expect.stringMatching(last)]);
  });
});
