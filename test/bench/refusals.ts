import { createCollector } from 'media-sessions';
import { start } from '../../src/testing/conformance/samples.ts';
import { RECORDINGS, type RecordedRequest } from '../support/recordings.ts';
import { describeRatio } from './ratio.ts';

const ROUNDS = 9;

const recorded = RECORDINGS.find(({ name }) => name === 'js-sdk/12-real-visitor-appmeasurement')
  ?.requests[0] as RecordedRequest;

/** The recorded start with four faults: a wrong type, a missing key, two more wrong types. */
function withFourFaults(): string {
  const body = structuredClone(recorded.body) as { playerTime: { ts: unknown }; params: Record<string, unknown> };
  body.playerTime.ts = String(body.playerTime.ts);
  delete body.params['media.id'];
  body.params['media.length'] = '600';
  body.params['media.channel'] = 7;
  return JSON.stringify(body);
}

const members = (count: number, value: (index: number) => unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, value(index)]));

/** What is refused, and how many times the cost of JSON.parse that may take. */
const BODIES: readonly (readonly [title: string, text: string, aim: number])[] = [
  ['a start with four faults', withFourFaults(), 3],
  ['10,000 levels', `{"eventType":"sessionStart","params":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`, 2],
  ['60,000 wrong metadata', JSON.stringify({ ...start, customMetadata: members(60_000, (index) => index) }), 2],
  ['60,000 wrong qoe values', JSON.stringify({ ...start, qoeData: members(60_000, () => []) }), 2],
  ['50,000 empty events', JSON.stringify([start, ...Array.from({ length: 50_000 }, () => ({}))]), 2],
  ['a megabyte of brackets', '['.repeat(1_000_000), 2],
];

/** Refusals from the bytes to the reply, beside the parsing that cannot be saved. */
export async function benchRefusals(): Promise<void> {
  console.log(`\nRefusing a body, in times of decoding and parsing it, ${ROUNDS} rounds`);
  const collector = createCollector();
  for (const [title, text, aim] of BODIES) {
    const bytes = new TextEncoder().encode(text);
    const call = {
      method: 'POST',
      path: '/api/v1/sessions',
      query: () => '',
      header: () => undefined,
      body: async () => bytes,
    };
    const runs = Math.max(1, Math.round(2_000_000 / text.length));
    const ratios: number[] = [];
    for (let round = -1; round < ROUNDS; round++) {
      const parsing = await timeOf(runs, async () => parse(bytes));
      const refusing = await timeOf(runs, async () => {
        const reply = await collector.handle(call);
        if (reply?.status !== 400) throw new Error(`${title}: expected 400, got ${reply?.status}`);
      });
      if (round >= 0) ratios.push(refusing / parsing);
    }
    console.log(
      `  ${title} (${text.length.toLocaleString('en')} bytes): ${describeRatio(ratios)} x; aim at most ${aim}`,
    );
  }
  await collector.close();
}

const decoder = new TextDecoder();

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes));
  } catch {
    return undefined;
  }
}

async function timeOf(runs: number, work: () => Promise<unknown>): Promise<number> {
  const { user, system } = process.cpuUsage();
  for (let run = 0; run < runs; run++) await work();
  const used = process.cpuUsage({ user, system });
  return used.user + used.system;
}
