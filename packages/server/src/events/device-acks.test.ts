import { expect, it } from 'vitest';
import { temporaryStore } from '../database/store-fixture.ts';
import { HubError } from '../hub-error.ts';
import { DeviceAcks } from './device-acks.ts';
import { encodeCursor, epochOf } from './event-cursor.ts';

async function openAcks() {
  const temporary = await temporaryStore(false);
  const { store } = temporary;
  const errors: string[] = [];
  const faults = { reads: false, writes: false, commits: 0 };
  const unavailable = () => Promise.reject(new HubError('storage-unavailable'));
  const open = (epoch = store.epoch) =>
    new DeviceAcks({
      store: {
        epoch,
        document: (...place) => (faults.reads ? unavailable() : store.document(...place)),
        commit: (writeSet) => {
          faults.commits += 1;
          return faults.writes ? unavailable() : store.commit(writeSet);
        },
      },
      clock: { now: () => 0 },
      log: { error: (_fields, message) => void errors.push(message) },
    });
  const stored = async (deviceId: string) => {
    const document = await store.document('alpha', 'device_ack', deviceId);
    return document === null ? null : (JSON.parse(document.doc) as { cursor: string }).cursor;
  };
  const cursor = (seq: number) => encodeCursor(epochOf(store.epoch, 'alpha'), seq);
  return { open, stored, cursor, errors, faults, [Symbol.asyncDispose]: () => temporary[Symbol.asyncDispose]() };
}

it('[W5] are kept for the next time when they cannot be written', async () => {
  await using fixture = await openAcks();
  const acks = fixture.open();
  acks.open('alpha', 'phone');
  acks.record('alpha', 'phone', 5);
  fixture.faults.writes = true;
  await acks.flush();
  expect(fixture.errors).toHaveLength(1);
  expect(await fixture.stored('phone')).toBeNull();
  fixture.faults.writes = false;
  acks.close('alpha', 'phone');
  expect(acks.seqOf('alpha', 'phone')).toBe(5);
  await acks.flush();
  expect(await fixture.stored('phone')).toBe(fixture.cursor(5));
  // Stored and out of use, it need not be remembered.
  expect(acks.seqOf('alpha', 'phone')).toBe(0);
});

it('[W5] never take the place of a newer one, even one that could not be read at first', async () => {
  await using fixture = await openAcks();
  const before = fixture.open();
  before.record('alpha', 'phone', 9);
  await before.flush();
  const acks = fixture.open();
  fixture.faults.reads = true;
  acks.open('alpha', 'phone');
  acks.record('alpha', 'phone', 5);
  await acks.flush();
  fixture.faults.reads = false;
  await acks.flush();
  expect(acks.seqOf('alpha', 'phone')).toBe(9);
  expect(await fixture.stored('phone')).toBe(fixture.cursor(9));
});

it('[W5] are written once for all devices of a workspace, and not again when nothing is new', async () => {
  await using fixture = await openAcks();
  const acks = fixture.open();
  for (const device of ['phone', 'tablet', 'watch']) acks.record('alpha', device, 3);
  await acks.flush();
  await acks.flush();
  expect(fixture.faults.commits).toBe(1);
  expect(await fixture.stored('watch')).toBe(fixture.cursor(3));
});

it('[W5] from before a backup was restored say nothing', async () => {
  await using fixture = await openAcks();
  const before = fixture.open();
  before.record('alpha', 'phone', 9);
  await before.flush();
  const acks = fixture.open('another epoch');
  acks.open('alpha', 'phone');
  acks.record('alpha', 'phone', 2);
  await acks.flush();
  expect(acks.seqOf('alpha', 'phone')).toBe(2);
});

it('[W5] are remembered while any connection of the device is open', async () => {
  await using fixture = await openAcks();
  const acks = fixture.open();
  acks.open('alpha', 'phone');
  acks.open('alpha', 'phone');
  acks.record('alpha', 'phone', 4);
  await acks.flush();
  acks.close('alpha', 'phone');
  expect(acks.seqOf('alpha', 'phone')).toBe(4);
  acks.close('alpha', 'phone');
  expect(acks.seqOf('alpha', 'phone')).toBe(0);
});
