import { PassThrough, Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { Terminal } from './terminal.ts';

const streamsWith = (stdout: Writable) => ({ stdin: new PassThrough(), stdout, stderr: new PassThrough() });

it('[CLI] waits for a reader that is behind', async () => {
  const stdout = new PassThrough({ highWaterMark: 10 });
  const terminal = new Terminal(streamsWith(stdout), {});
  await terminal.drained();
  terminal.data('more than ten characters');
  let caughtUp = false;
  const drained = terminal.drained().then(() => (caughtUp = true));
  await new Promise(setImmediate);
  expect(caughtUp).toBe(false);
  stdout.resume();
  await drained;
});

it('[CLI] waits no more for a reader that has left, and writes nothing to it', async () => {
  let writes = 0;
  const stdout = new Writable({
    highWaterMark: 1,
    write(_chunk, _encoding, done) {
      writes += 1;
      setImmediate(() => done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })));
    },
  });
  const terminal = new Terminal(streamsWith(stdout), {});
  terminal.data('one');
  await terminal.drained();
  expect(terminal.closed.aborted).toBe(true);
  expect(await terminal.writeFailure()).toBeNull();
  terminal.data('two');
  await terminal.drained();
  expect(writes).toBe(1);
});

it('[CLI] tells that data could not be written', async () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  const terminal = new Terminal(streamsWith(new Writable({ write: (_chunk, _encoding, done) => done(full) })), {});
  expect(await new Terminal(streamsWith(new PassThrough()), {}).writeFailure()).toBeNull();
  terminal.data('lost');
  expect(await terminal.writeFailure()).toBe(full);
});

it('[CLI] survives that nobody reads the messages', () => {
  const terminal = new Terminal(streamsWith(new PassThrough()), {});
  terminal.streams.stderr.destroy();
  expect(() => terminal.message('hello')).not.toThrow();
});

it('[CLI] asks only where a person sees the question and can answer', () => {
  const tty = <Stream extends object>(stream: Stream) => Object.assign(stream, { isTTY: true });
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  expect(new Terminal({ stdin, stdout, stderr }, {}).canAsk).toBe(false);
  expect(new Terminal({ stdin: tty(new PassThrough()), stdout, stderr }, {}).canAsk).toBe(false);
  expect(new Terminal({ stdin: tty(stdin), stdout, stderr: tty(stderr) }, {}).canAsk).toBe(true);
});
