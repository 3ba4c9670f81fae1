import { describe, expect, it } from 'vitest';
import { faultsOf } from '../../../../apps/inspector/json/faults.ts';
import { jsonLines } from '../../../../apps/inspector/json/lines.ts';

const body = {
  eventType: 'adStart',
  playerTime: { ts: 'now' },
  params: { 'media.id': 7 },
  more: [{}, { a: null }, []],
};

function printed(value: unknown): string {
  return jsonLines(value)
    .map(({ depth, tokens }) => '  '.repeat(depth) + tokens.map(({ text }) => text).join(''))
    .join('\n');
}

function textAt(lines: ReturnType<typeof jsonLines>, at: number): string | undefined {
  return lines[at]?.tokens.map(({ text }) => text).join('');
}

describe('printed JSON', () => {
  it.each([[body], [[]], [{}], ['text "quoted"'], [null], [[[1], { a: [true] }]]])('reads back: %j', (value) => {
    expect(JSON.parse(printed(value))).toEqual(value);
  });

  it('is indented as JSON.stringify does', () => {
    expect(printed({ a: 1, b: [1, { c: 'd' }] })).toBe(JSON.stringify({ a: 1, b: [1, { c: 'd' }] }, null, 2));
  });

  it('knows the path of each line as the errors of the API write it', () => {
    expect(jsonLines(body).flatMap(({ path }) => path ?? [])).toEqual([
      '$',
      '$.eventType',
      '$.playerTime',
      '$.playerTime.ts',
      '$.params',
      "$.params['media.id']",
      '$.more',
      '$.more[0]',
      '$.more[1]',
      '$.more[1].a',
      '$.more[2]',
    ]);
  });

  it('shows a key like __proto__', () => {
    expect(printed(JSON.parse('{"__proto__": 1}'))).toContain('"__proto__": 1');
  });
});

describe('faults', () => {
  const lines = jsonLines(body);
  const at = (path: string) => {
    const [[line, faults] = []] = [...faultsOf(lines, [{ path, reason: 'wrong' }])];
    return { text: textAt(lines, line ?? -1), faults };
  };

  it('stand at the value that is wrong', () => {
    expect(at('$.playerTime.ts')).toEqual({ text: '"ts": "now"', faults: [{ reason: 'wrong' }] });
    expect(at("$.params['media.id']").text).toBe('"media.id": 7');
    expect(at('$.more[1].a').text).toBe('"a": null');
  });

  it('stand at what should hold the value when there is none', () => {
    expect(at("$.params['media.ad.id']")).toEqual({
      text: '"params": {',
      faults: [{ reason: 'wrong', missing: "['media.ad.id']" }],
    });
    expect(at('$.playerTime.playhead')).toMatchObject({ text: '"playerTime": {', faults: [{ missing: '.playhead' }] });
    expect(at('$.nothing.at.all')).toMatchObject({ text: '{', faults: [{ missing: '.nothing.at.all' }] });
  });

  it('do not take a name for the beginning of another', () => {
    expect(at('$.params2')).toMatchObject({ text: '{', faults: [{ missing: '.params2' }] });
  });

  it('are all kept when one value has several', () => {
    const faults = faultsOf(lines, [
      { path: '$.params', reason: 'one' },
      { path: '$.params', reason: 'two' },
    ]);
    expect([...faults.values()]).toEqual([[{ reason: 'one' }, { reason: 'two' }]]);
  });
});
