// A bare `ws` server: on POST /publish one prebuilt frame is written to every socket in a loop.
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer } from 'ws';

/** The same size as a task_created event of the benchmark. */
const payload = Buffer.from(JSON.stringify({ type: 'task_created', pad: 'x'.repeat(900) }));
const frame = Buffer.concat([Buffer.from([0x81, 126, payload.length >> 8, payload.length & 0xff]), payload]);

const sockets = new Set<Socket>();
const upgrades = new WebSocketServer({ noServer: true, perMessageDeflate: false });
const server = createServer((_request, response) => {
  for (const socket of sockets) socket.write(frame);
  response.writeHead(201, { 'content-length': 0 }).end();
});
server.on('upgrade', (request, socket, head) => {
  upgrades.handleUpgrade(request, socket, head, (opened) => {
    sockets.add(socket as Socket);
    opened.once('close', () => sockets.delete(socket as Socket));
  });
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
process.once('SIGTERM', () => process.exit(0));
