import { ping, start } from '../bodies.ts';
import { openConnection } from './connection.ts';

/** What a server is sent: sessionStarts, or pings of sessions that are open. */
export type Traffic = 'starts' | 'pings';

export const BODIES: Readonly<Record<Traffic, string>> = { starts: JSON.stringify(start), pings: JSON.stringify(ping) };

const SESSIONS_PATH = '/api/v1/sessions';
const START = post(SESSIONS_PATH, BODIES.starts);

/** The requests to send a server in turn. For pings it starts so many sessions there, of which each gets one in turn. */
export async function requestsFor(port: number, traffic: Traffic, sessions: number): Promise<readonly Buffer[]> {
  if (traffic === 'starts') return [START];
  const connection = await openConnection(port);
  const pings: Buffer[] = [];
  while (pings.length < sessions) {
    const answer = await connection.send(START);
    const path = /\r\nlocation: *(\S+)/i.exec(answer)?.[1] ?? `${SESSIONS_PATH}/none`; // of those that keep no session
    pings.push(post(`${path}/events`, BODIES.pings));
  }
  connection.close();
  return pings;
}

function post(path: string, body: string): Buffer {
  const head = ['Host: localhost', 'Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`];
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n${body}`);
}
