import { edgePing, edgeStart, ping, start } from '../bodies.ts';
import { openConnection } from './connection.ts';

/** What a server is sent, in either API: sessionStarts, or pings of sessions that are open. */
export type Traffic = 'starts' | 'pings' | 'Edge starts' | 'Edge pings';

export const BODIES: Readonly<Record<Traffic, string>> = {
  starts: JSON.stringify(start),
  pings: JSON.stringify(ping),
  'Edge starts': JSON.stringify(edgeStart),
  'Edge pings': JSON.stringify(edgePing),
};

const SESSIONS_PATH = '/api/v1/sessions';
const START = post(SESSIONS_PATH, BODIES.starts);

const QUERY = '?configId=00000000-0000-4000-8000-0000000000da';
/** Without a requestId, so that each is a start of its own. */
const EDGE_START = post(`/ee/v1/interact${QUERY}`, BODIES['Edge starts']);

/** The requests to send a server in turn. For pings it starts so many sessions there, of which each gets one in turn. */
export async function requestsFor(port: number, traffic: Traffic, sessions: number): Promise<readonly Buffer[]> {
  if (traffic === 'starts') return [START];
  if (traffic === 'Edge starts') return [EDGE_START];
  const connection = await openConnection(port);
  const pings: Buffer[] = [];
  while (pings.length < sessions) {
    pings.push(
      traffic === 'pings' ? pingOf(await connection.send(START)) : edgePingOf(await connection.send(EDGE_START)),
    );
  }
  connection.close();
  return pings;
}

function pingOf(started: string): Buffer {
  const path = /\r\nlocation: *(\S+)/i.exec(started)?.[1] ?? `${SESSIONS_PATH}/none`; // of those that keep no session
  return post(`${path}/events`, BODIES.pings);
}

function edgePingOf(started: string): Buffer {
  const sid = /"sessionId":"(\w+)"/.exec(started)?.[1] ?? '';
  return post(
    `/ee/or2/va/v1/ping${QUERY}&requestId=${crypto.randomUUID()}`,
    BODIES['Edge pings'].replace('{sid}', sid),
  );
}

function post(path: string, body: string): Buffer {
  const head = ['Host: localhost', 'Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`];
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n${body}`);
}
