import type { Socket } from 'node:net';

const lingerMs = 2000;

/**
 * Lets a connection that is to be closed after its answer drop for a moment what still arrives. Closing over unread bytes resets the
 * connection: a caller whose body is refused while it is being sent would see that, and not the answer that says why.
 */
export function closeLingering(socket: Socket): void {
  socket.destroySoon = () => {
    const timer = setTimeout(() => socket.destroy(), lingerMs).unref();
    socket.once('close', () => clearTimeout(timer));
    socket.end();
  };
}
