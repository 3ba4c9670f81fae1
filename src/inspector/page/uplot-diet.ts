import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/**
 * Functions of uPlot that one line on a linear scale does without: they are for other kinds of lines, scales, legends,
 * calendars, bands, several charts and dragging. The page draws its own line and its own time axis.
 */
const UNUSED: Readonly<Record<string, readonly string[]>> = {
  '': [
    ...['clipGaps', 'findGaps', 'addGap', 'clipBandLine', 'bandFillClipDirs', 'seriesFillTo', 'findColWidth'],
    ...['rangeLog', 'rangeAsinh', 'logAxisSplits', 'asinhAxisSplits', 'log10AxisValsFilt', 'log2AxisValsFilt'],
    ...[
      'initLegendRow',
      'setLegend',
      'syncLegend',
      'setLegendValues',
      'join',
      'sortCols',
      'nullExpand',
      'allHeadersSame',
    ],
    ...[
      'mouseDown',
      'mouseUp',
      'dblClick',
      'pubSync',
      'delSeries',
      'setBand',
      'addBand',
      'delBand',
      'snapLogY',
      'snapAsinhY',
    ],
    ...[
      'tzDate',
      '_monotoneCubic',
      'timeAxisStamps',
      'snapNumY',
      'seriesPointsShow',
      'setSeries',
      'setFocus',
      'setAlpha',
    ],
  ],
  'return () => {};': [
    ...['linear', 'stepped', 'bars', 'monotoneCubic', 'splineInterp', 'points', 'rect'],
    ...['fmtDate', 'timeAxisVals', 'timeAxisVal', 'timeSeriesVal'],
  ],
  'return [[], [], () => {}];': ['genTimeStuffs'],
};

/** What is never so on this page, as it stands in uPlot, and what to read instead. */
const NEVER = [
  ['const FEAT_TIME          = true;', 'const FEAT_TIME = false;'],
  ['const showLegend = legend.show;', 'const showLegend = false;'],
  ['const cursorFocus = focus.prox >= 0;', 'const cursorFocus = false;'],
  ['const cursorOnePt = cursorFocus && points.one;', 'const cursorOnePt = false;'],
  ['if (syncKey != null) {', 'if (false) {'],
  ['if (select.show && dragging) {', 'if (false) {'],
] as const;

/** What hangs on the constructor for users with charts of their own. */
const EXTRAS = /^\t?(uPlot\.\w+ += [^{\n]*;|let paths = [^;]*;|\(paths\.\w+ += \w+\);)\n/gm;

/** Constants that are computed, which a bundler keeps unless it knows that nothing else comes of it. */
const MADE_AT_LOAD = /^(const [^=\n]+ = )(new |[\w.]+\()/gm;

/** Empties those functions, so that they do not weigh on the page. The build fails when uPlot has changed. */
export const uplotDiet: Plugin = {
  name: 'uplot-diet',
  setup({ onLoad }) {
    onLoad({ filter: /uPlot\.esm\.js$/ }, async ({ path }) => {
      let contents = await readFile(path, 'utf8');
      for (const [body, names] of Object.entries(UNUSED)) {
        for (const name of names) contents = withBody(contents, name, body);
      }
      for (const [found, instead] of NEVER) {
        if (!contents.includes(found)) throw new Error(`uPlot does not read any more: ${found}`);
        contents = contents.replace(found, instead);
      }
      contents = contents.replace(EXTRAS, '').replace(MADE_AT_LOAD, '$1/* @__PURE__ */ $2');
      return { contents, loader: 'js' };
    });
  },
};

function withBody(source: string, name: string, body: string): string {
  const found = new RegExp(`^(\\t?)function ${name}\\(([^\\n]*)\\) \\{\\n[\\s\\S]*?^\\1\\}\\n`, 'm');
  if (!found.test(source)) throw new Error(`uPlot has no function ${name} any more.`);
  return source.replace(found, (_, indent: string) => `${indent}function ${name}() { ${body} }\n`);
}
