import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { auditDatabase } from './fault/database-audit.ts';
import { EventFollower } from './fault/event-follower.ts';
import { trialSeed } from './fault/seed.ts';
import { WatchedServer } from './fault/watched-server.ts';

const seed = trialSeed();
const commandLine = fileURLToPath(new URL('../../cli/src/main.ts', import.meta.url));

function leanvibe(folder: string, ...args: string[]): void {
  const { status, stderr } = spawnSync(process.execPath, [commandLine, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, LEANVIBE_DATA_DIR: folder },
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
}

/** The frames that a socket gets until one of this type. */
async function framesUntil(type: string, address: string): Promise<Record<string, unknown>[]> {
  const socket = new WebSocket(address);
  const frames: Record<string, unknown>[] = [];
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('close', () => reject(new Error(`closed after ${JSON.stringify(frames)}`)));
    socket.on('message', (text: Buffer) => {
      frames.push(JSON.parse(text.toString('utf8')) as Record<string, unknown>);
      if (frames.at(-1)?.['type'] === type) resolve();
    });
  });
  socket.terminate();
  return frames;
}

it(
  `[E5] a backup made under load and restored while clients are away: they are told, and go on (FAULT_SEED=${seed})`,
  { timeout: 120_000 },
  async () => {
    await using server = new WatchedServer(seed);
    const backup = join(server.folder, 'kept.db');
    await server.start();
    const follower = new EventFollower('alpha');
    expect(await follower.connect(server.port)).toBe('live');
    await server.write(30);
    let isOver = false;
    const writing = server.writers.run(server.caller, 4, () => isOver);
    leanvibe(server.folder, 'backup', backup);
    isOver = true;
    await writing;
    await server.write(30);
    const { audit: before } = await server.endAndReconcile('SIGTERM');
    const cursor = follower.received.at(-1)!.cursor;

    // The backup is one moment of the board: whole, and a beginning of what came after.
    const kept = auditDatabase(backup);
    for (const [clientId, { events }] of kept) {
      expect(events).toEqual(before.get(clientId)!.events.slice(0, events.length));
      expect(events.length).toBeLessThan(before.get(clientId)!.events.length);
    }

    leanvibe(server.folder, 'restore', backup, '--yes');
    expect(auditDatabase(server.databaseFile)).toEqual(kept);
    await server.start();
    const query = `cursor=${encodeURIComponent(cursor)}`;
    const frames = await framesUntil('snapshot_required', `ws://127.0.0.1:${server.port}/ws/alpha?${query}`);
    expect(frames.map(({ type }) => type)).toEqual(['hello', 'snapshot_required']);
    expect(frames[1]).toMatchObject({ reason: 'cursor-invalid' });
    const page = await server.caller.call('GET', `/events/alpha/log?${query}`);
    expect(page?.status).toBe(400);
    expect(JSON.parse(page!.text)).toMatchObject({ code: 'cursor-invalid' });
    const stream = await server.caller.call('GET', '/events/alpha', { headers: { 'last-event-id': cursor } });
    expect(stream?.status).toBe(400);

    // Going on from the board's own cursor misses nothing.
    const board = await server.caller.read<{ cursor: string }>('/tasks/alpha/board');
    expect((await server.create())?.status).toBe(201);
    const next = await server.caller.read<{ seq: number; type: string }[]>(
      `/events/alpha/log?cursor=${encodeURIComponent(board.cursor)}`,
    );
    expect(next).toMatchObject([{ type: 'task_created', seq: kept.get('alpha')!.events.length + 1 }]);
  },
);
