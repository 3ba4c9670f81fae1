import { type Call, type CollectorOptions, createCollector } from 'media-sessions';
import { start } from './bodies.ts';
import { printFigure, printTitle } from './figures.ts';
import { inTurn, ratios } from './turns.ts';

const SLICES = 40;
/** How much is rejected in a slice, in characters of JSON, and before any slice counts. */
const SLICE = 2_000_000;
const WARMUP = 20_000_000;

/** What is rejected, and how many times what decoding and parsing it costs that is hoped to cost at most. */
const BODIES: readonly (readonly [name: string, text: string, goal: number])[] = [
  ['a start with four faults', withFourFaults(), 3],
  ['100,000 wrong metadata values', JSON.stringify({ ...start, customMetadata: members(100_000, (at) => at % 10) }), 2],
  ['60,000 wrong qoe values', JSON.stringify({ ...start, qoeData: members(60_000, () => []) }), 2],
  ['50,000 empty events', JSON.stringify([start, ...Array.from({ length: 50_000 }, () => ({}))]), 2],
  ['10,000 levels', `{"eventType":"sessionStart","params":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`, 2],
  ['a megabyte of brackets', '['.repeat(1_000_000), 2],
];

/** What it costs to reject a body, from its bytes to the reply, beside parsing it, which cannot be saved. */
export async function benchRejections(): Promise<void> {
  printTitle(`Rejecting a body, in times of decoding and parsing it, ${SLICES} slices`);
  for (const [name, text, goal] of BODIES) {
    const [rejecting, parsing] = await measure(text, {});
    printFigure(`${name}, ${text.length.toLocaleString('en')} bytes`, ratios(rejecting, parsing), {
      unit: 'x',
      goal: `${goal} or less`,
    });
  }
  const [heard, parsing] = await measure(withFourFaults(), { onReject: () => {} });
  printFigure('four faults that a hook hears of, as in serve', ratios(heard, parsing), { unit: 'x' });
}

/** The CPU time of rejecting a text, and of parsing it, so many times as make a slice, in microseconds. */
async function measure(
  text: string,
  options: CollectorOptions,
): Promise<readonly [rejecting: readonly number[], parsing: readonly number[]]> {
  const collector = createCollector(options);
  const bytes = new TextEncoder().encode(text);
  const call: Call = {
    method: 'POST',
    path: '/api/v1/sessions',
    query: () => '',
    header: () => undefined,
    body: async () => bytes,
  };
  const reject = async () => {
    const reply = await collector.handle(call);
    if (reply?.status !== 400) throw new Error(`Expected 400, got ${reply?.status} for ${text.slice(0, 100)}`);
  };
  const parse = async () => parseOrFail(bytes);
  const times = Math.ceil(SLICE / text.length);
  const slices = [reject, parse].map((work) => () => cpuTimeOf(times, work));
  await inTurn(WARMUP / SLICE, slices);
  const [rejecting = [], parsing = []] = await inTurn(SLICES, slices);
  await collector.close();
  return [rejecting, parsing];
}

async function cpuTimeOf(times: number, work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  for (let time = 0; time < times; time++) await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

const decoder = new TextDecoder();

function parseOrFail(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes));
  } catch (error) {
    return error;
  }
}

/** A start with a wrong type, a missing key, and two more wrong types. */
function withFourFaults(): string {
  const { 'media.id': _, ...params } = start.params;
  return JSON.stringify({
    ...start,
    playerTime: { ...start.playerTime, ts: String(start.playerTime.ts) },
    params: { ...params, 'media.length': '600', 'media.channel': 7 },
  });
}

function members(count: number, value: (at: number) => unknown): Record<string, unknown> {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at.toString(36)}`, value(at)]));
}
