import { connect, type Socket } from 'node:net';

/** An HTTP answer as it came over the wire. */
export type RawAnswer = { status: number; headers: Map<string, string>; body: string; text: string };

const parseAnswer = (text: string): RawAnswer => {
  const [head = '', body = ''] = text.split(/\r\n\r\n(.*)/s, 2);
  const [statusLine = '', ...lines] = head.split('\r\n');
  const headers = new Map(
    lines.map((line) => {
      const [name = '', value = ''] = line.split(/: ?(.*)/s, 2);
      return [name.toLowerCase(), value];
    }),
  );
  return { status: Number(statusLine.split(' ')[1] ?? 0), headers, body, text };
};

/** Opens a connection to this machine. */
export const openConnection = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => resolve(socket));
    socket.once('error', reject);
  });

/** Everything that the other side sends until it closes the connection. */
export const readToEnd = (socket: Socket): Promise<string> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', () => undefined);
    socket.once('close', () => resolve(Buffer.concat(chunks).toString('utf8')));
  });

/** Sends these bytes and reads the answer; the request has to ask for, or cause, the end of the connection. */
export async function exchange(port: number, request: string | Buffer): Promise<RawAnswer> {
  const socket = await openConnection(port);
  const answer = readToEnd(socket);
  socket.write(request);
  return parseAnswer(await answer);
}

/** The text of a request with exactly these header lines, after which the connection ends. */
export const requestText = (method: string, target: string, lines: readonly string[], body = ''): string =>
  [`${method} ${target} HTTP/1.1`, ...lines, 'Connection: close', '', body].join('\r\n');
