import { once } from 'node:events';
import { Agent, get, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { events, start } from '../../../src/testing/conformance/samples.ts';

/** What of a response a client acts on. */
export interface ClientResponse {
  readonly status: number;
  readonly location: string;
}

/** Posts a body over a connection of an agent, as a player with connections of its own does. */
export function post(agent: Agent, url: string, body: unknown): Promise<ClientResponse> {
  return new Promise((resolve, reject) => {
    const posting = request(url, { method: 'POST', agent }, async (response) => {
      await text(response).catch(reject);
      resolve({ status: response.statusCode ?? 0, location: response.headers.location ?? '' });
    });
    posting.once('error', reject).end(JSON.stringify(body));
  });
}

/** What was acknowledged to clients: sessions and the `ts` of their events, and sessions that came as a whole. */
export interface Acknowledged {
  readonly events: Map<string, number[]>;
  readonly whole: string[];
}

/** Starts sessions and sends events as fast as it can. Rejects once a connection fails, as at the end of a server. */
export async function hammer(url: string, acknowledged: Acknowledged): Promise<never> {
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  try {
    for (;;) {
      const { location } = await expectStatus(201, post(agent, `${url}/api/v1/sessions`, start));
      const own: number[] = [];
      acknowledged.events.set(sidOf(location), own);
      const ping = async (ts: number) => {
        const event = { ...events.ping, playerTime: { playhead: 0, ts } };
        await expectStatus(204, post(agent, `${url}${location}/events`, event));
        own.push(ts);
      };
      for (let ts = 1; ts < 30; ts += 3) await Promise.all([ping(ts), ping(ts + 1), ping(ts + 2)]);
      const whole = await expectStatus(201, post(agent, `${url}/api/v1/downloaded`, [start, events.play]));
      acknowledged.whole.push(sidOf(whole.location));
    }
  } finally {
    agent.destroy();
  }
}

async function expectStatus(expected: number, responding: Promise<ClientResponse>): Promise<ClientResponse> {
  const response = await responding;
  if (response.status !== expected) throw new Error(`Expected ${expected}, got ${response.status}`);
  return response;
}

/** The id of the session that a Location leads to. */
export function sidOf(location: string): string {
  return location.split('/')[4] ?? '';
}

/**
 * Sends the beginning of a request, and waits until the server has it. Gives its connection and, once that has ended,
 * the whole response.
 */
export async function beginRequest(
  url: string,
  beginning: string,
): Promise<{ readonly socket: Socket; readonly response: Promise<string> }> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  const response = text(socket);
  await new Promise((resolve) => socket.write(beginning, resolve));
  await askForHealth(url); // a server reads what came first before it answers a connection that came after
  return { socket, response };
}

/** Asks over a connection of its own, which ends with the answer. */
async function askForHealth(url: string): Promise<void> {
  const asking = get(`${url}/healthz`, { agent: false });
  const [response] = await once(asking, 'response');
  await text(response);
}
