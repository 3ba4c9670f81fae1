import { Agent, request } from 'node:http';

/** What players were told: the status of each answer, and what they may now rely on. */
export interface Acknowledged {
  /** By sid: the notes of the events that were answered 201 or 204. */
  readonly events: Map<string, string[]>;
  /** How often each status was the answer; where there was none, how often the connection failed, and how. */
  readonly statuses: Map<number | string, number>;
}

/** Players that post without a pause, until they are stopped. */
export interface Load {
  readonly acknowledged: Acknowledged;
  stop(): Promise<void>;
}

export interface LoadOptions {
  /** The servers that requests go to, one after the other. They may change. */
  readonly ports: () => readonly number[];
  readonly players: number;
  /** How many events a session has, roughly, before its player starts another. */
  readonly eventsPerSession?: number;
  /** Whether players end their sessions. */
  readonly endsSessions?: boolean;
}

let notes = 0;

/** Starts players. Each event has a note of its own, by which it is found again. */
export function startLoad({ ports, players, eventsPerSession = 10, endsSessions = false }: LoadOptions): Load {
  const agent = new Agent({ keepAlive: true });
  const acknowledged: Acknowledged = { events: new Map(), statuses: new Map() };
  let running = true;
  let requests = 0;

  async function post(path: string, eventType: string, note: string) {
    const servers = ports();
    const port = servers[requests++ % servers.length] ?? 0;
    const answer = await send(agent, port, path, {
      eventType,
      playerTime: { playhead: notes, ts: 1_768_471_260_000 },
      ...(eventType === 'sessionStart' && {
        params: { 'media.id': 'id', 'media.contentType': 'vod', 'media.length': 60 },
      }),
      customMetadata: { note },
    });
    const { statuses } = acknowledged;
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    // A lost server would be asked in a tight loop.
    const isLost = typeof answer.status === 'string' || answer.status === 503;
    if (isLost) await new Promise((resolve) => setTimeout(resolve, 20));
    return answer;
  }

  async function play(): Promise<void> {
    while (running) {
      const startNote = `n${++notes}`;
      const { status, location } = await post('/api/v1/sessions', 'sessionStart', startNote);
      if (status !== 201 || location === undefined) continue;
      const sessionNotes = [startNote];
      acknowledged.events.set(location.split('/')[4] ?? '', sessionNotes);
      const postEvent = async (eventType: string) => {
        const note = `n${++notes}`;
        const { status } = await post(`${location}/events`, eventType, note);
        if (status === 204) sessionNotes.push(note);
      };
      // The JavaScript SDK posts up to three events at once.
      for (let sent = 1; sent < eventsPerSession && running; sent += 3) {
        await Promise.all([postEvent('play'), postEvent('ping'), postEvent('ping')]);
      }
      if (endsSessions) await postEvent('sessionEnd');
    }
  }

  const playing = Promise.all(Array.from({ length: players }, play));
  return {
    acknowledged,
    async stop() {
      running = false;
      await playing;
      agent.destroy();
    },
  };
}

interface Answer {
  /** The code of the error where there was no answer. */
  readonly status: number | string;
  readonly location?: string | undefined;
}

function send(agent: Agent, port: number, path: string, body: unknown): Promise<Answer> {
  return new Promise((resolve) => {
    const call = request({ agent, port, path, host: '127.0.0.1', method: 'POST' }, (response) => {
      response.resume();
      response.on('close', () => resolve({ status: response.statusCode ?? 0, location: response.headers.location }));
    });
    call.on('error', ({ code }: NodeJS.ErrnoException) => resolve({ status: code ?? 'no code' }));
    call.end(JSON.stringify(body));
  });
}
