import { once } from 'node:events';
import { connect } from 'node:net';

/** A connection that is kept alive. It does little, so that its client is faster than any server. */
export interface Connection {
  /** Sends a request and gives the answer as it came. One at a time. Rejects unless the answer is a success. */
  send(request: Buffer): Promise<string>;
  close(): void;
}

export async function openConnection(port: number): Promise<Connection> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true }).setEncoding('latin1');
  await once(socket, 'connect');
  let answer = '';
  let resolve: (answer: string) => void = () => {};
  let reject = (error: Error): void => {
    throw error; // nobody waits for an answer
  };
  socket.on('data', (text) => {
    answer += text;
    if (!isComplete(answer)) return;
    if (answer.startsWith('HTTP/1.1 2')) resolve(answer);
    else reject(new Error(`No success: ${answer}`));
  });
  socket.on('error', (error) => reject(error));
  socket.on('close', () => reject(new Error('The server closed the connection')));
  return {
    send(request) {
      answer = '';
      return new Promise((...settle) => {
        [resolve, reject] = settle;
        socket.write(request);
      });
    },
    close: () => void socket.removeAllListeners('close').destroy(),
  };
}

/** Tells whether all of an answer has come: its head, and as many bytes as that announces. */
function isComplete(answer: string): boolean {
  const headEnd = answer.indexOf('\r\n\r\n');
  if (headEnd === -1) return false;
  const length = /\r\ncontent-length: *(\d+)/i.exec(answer)?.[1] ?? 0; // a 204 has none
  return answer.length >= headEnd + 4 + Number(length);
}
