import { describe, expect, it } from 'vitest';
import { HubError } from '../hub-error.ts';
import { openSqliteStore } from './sqlite-store.ts';
import { storeGuardContract, storeWriteContract } from './store-contract.ts';
import { creation, idOf, temporaryStore } from './store-fixture.ts';
import { storeListContract, storeReadContract } from './store-read-contract.ts';

for (const thread of [true, false]) {
  describe(thread ? 'SqliteStore with a writer thread' : 'SqliteStore writing inline', () => {
    const open = () => temporaryStore(thread);
    storeWriteContract(open);
    storeGuardContract(open);
    // Starting a thread for each board takes its time, and the queries are the same.
    storeListContract(open, thread ? 8 : 40);
    storeReadContract(open);

    it('[C4] has everything after it was closed and opened again, under the same epoch', async () => {
      await using opened = await temporaryStore(thread);
      const { store, file } = opened;
      const writes = Array.from({ length: 50 }, (_, n) => store.commit(creation('alpha', n)));
      await store.close();
      expect((await Promise.all(writes)).every((result) => result.outcome === 'committed')).toBe(true);
      const again = await openSqliteStore({ file, thread });
      expect(await again.head('alpha')).toMatchObject({ seq: 50 });
      expect(await again.task('alpha', idOf(49))).not.toBeNull();
      expect(again.epoch).toBe(store.epoch);
      expect(again.epoch).toHaveLength(16);
      await again.close();
    });

    it('[C4] refuses writes after it was closed', async () => {
      await using opened = await temporaryStore(thread);
      await opened.store.close();
      const refusal = await opened.store.commit(creation('alpha', 1)).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(HubError);
      expect(refusal).toMatchObject({ code: 'storage-unavailable' });
      await expect(opened.store.head('alpha')).rejects.toMatchObject({ code: 'storage-unavailable' });
    });
  });
}
