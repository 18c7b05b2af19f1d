import { describe, expect, it } from 'vitest';
import { CommandQueue } from './command-queue.ts';

describe('the queue of commands', () => {
  it('[Board] does what is done to one task in order, failures or not, and different tasks side by side', async () => {
    const queue = new CommandQueue();
    const log: string[] = [];
    const first = Promise.withResolvers<void>();
    const failing = queue.run('a', async () => {
      await first.promise;
      log.push('a1');
      throw new Error('refused');
    });
    const second = queue.run('a', async () => log.push('a2'));
    await queue.run('b', async () => log.push('b1'));
    await queue.run(null, async () => log.push('many'));
    expect(log).toEqual(['b1', 'many']);
    first.resolve();
    await expect(failing).rejects.toThrow('refused');
    await second;
    expect(log).toEqual(['b1', 'many', 'a1', 'a2']);
  });
});
