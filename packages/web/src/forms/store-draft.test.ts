import { RunningServer } from '@leanvibe/client/running-server-fixture';
import type { BoardRules } from '@leanvibe/protocol/board';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withValue } from './document-draft.ts';
import { storeDraft } from './store-draft.ts';

describe('storeDraft', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await RunningServer.start();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  /** The rules of a fresh workspace, and what stores them. */
  const opened = async (workspace: string) => {
    const { rules } = server.client(workspace).tasks;
    const write = (changes: Record<string, unknown>, options: { ifMatch: number }) => rules.update(changes, options);
    return { rules, write, base: await rules.get() };
  };

  it('[Settings] stores what was changed', async () => {
    const { write, base } = await opened('plain');
    const outcome = await storeDraft<BoardRules>(
      { base, draft: withValue(base, 'columns.testing.wip_limit', 3) },
      write,
    );
    expect(outcome).toMatchObject({ kind: 'stored', document: { version: 2, columns: { testing: { wip_limit: 3 } } } });
  });

  it('[Settings] keeps what others have changed elsewhere in the document', async () => {
    const { rules, write, base } = await opened('merge');
    await rules.update({ enforce_dependencies: true });
    const draft = withValue(base, 'require_approval_for_done', true);
    expect(await storeDraft<BoardRules>({ base, draft }, write)).toMatchObject({ kind: 'stored' });
    expect(await rules.get()).toMatchObject({ enforce_dependencies: true, require_approval_for_done: true });
  });

  it('[Settings] stores nothing where both changed the same, and says what each wants', async () => {
    const { rules, write, base } = await opened('collide');
    const current = await rules.update({ columns: { testing: { wip_limit: 5 } } });
    const draft = withValue(base, 'columns.testing.wip_limit', 3);
    const outcome = await storeDraft<BoardRules>({ base, draft }, write);
    expect(outcome).toEqual({
      kind: 'collided',
      edit: { base: current, draft: withValue(current, 'columns.testing.wip_limit', 3) },
      collisions: [{ path: 'columns.testing.wip_limit', mine: 3, theirs: 5 }],
    });
    expect(await rules.get()).toEqual(current);
  });

  it('[Settings] hands on every other refusal', async () => {
    const { write, base } = await opened('refused');
    const draft = withValue(base, 'columns.testing.wip_limit', 0);
    await expect(storeDraft<BoardRules>({ base, draft }, write)).rejects.toMatchObject({ code: 'validation-failed' });
  });
});
