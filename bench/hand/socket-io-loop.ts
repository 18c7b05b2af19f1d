// What a user might pick instead: Socket.IO, broadcasting one event to every socket on POST /publish.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';

const server = createServer();
const io = new Server(server, { transports: ['websocket'], serveClient: false });
const data = { type: 'task_created', pad: 'x'.repeat(900) };
server.on('request', (request, response) => {
  if (request.method !== 'POST') return;
  io.emit('event', data);
  response.writeHead(201, { 'content-length': 0 }).end();
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
process.once('SIGTERM', () => process.exit(0));
