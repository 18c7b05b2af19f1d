import { LeanVibeError } from '@leanvibe/client/leanvibe-error';
import type { Task } from '@leanvibe/protocol/task';
import { useEffect, useRef, useState } from 'react';
import { useHub } from '../../hub/hub-context.tsx';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { useToasts } from '../../ui/Toasts.tsx';
import { exampleCreations, exampleTasks, type FirstRunStage } from './example-tasks.ts';

/** Puts the example tasks onto the board and takes them away. */
export function useExamples(stage: FirstRunStage): { isBusy: boolean; add: () => void; remove: () => void } {
  const { client } = useHub();
  const toasts = useToasts();
  const announce = useAnnounce();
  const [isBusy, setBusy] = useState(false);
  const isRemoving = useRef(false);

  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    try {
      await work();
    } catch (error) {
      if (!(error instanceof LeanVibeError)) throw error;
      toasts.show({ text: error.detail, tone: 'danger' });
    } finally {
      setBusy(false);
    }
  };
  const add = (): Promise<void> =>
    run(async () => {
      const operations = exampleCreations().map((creation) => ({ op: 'create' as const, ...creation }));
      const { results } = await client.tasks.bulk({ operations, atomic: true });
      const toApprove = results[exampleTasks.length - 1]?.task;
      if (toApprove) await client.tasks.requestApproval(toApprove.id, { requested_by: 'claude', note: 'May I?' });
    });
  const remove = async (examples: readonly Task[]): Promise<void> => {
    if (isRemoving.current) return;
    isRemoving.current = true;
    await run(async () => {
      // Another window may be quicker: what is gone already is no failure.
      await client.tasks.bulk({ operations: examples.map(({ id }) => ({ op: 'delete', task_id: id })), atomic: false });
      announce('The example tasks are gone.');
    });
    isRemoving.current = false;
  };
  const outgrown = stage.kind === 'outgrown' ? stage.examples : null;
  const removeOutgrown = useRef(remove);
  useEffect(() => {
    removeOutgrown.current = remove;
  });
  useEffect(() => {
    if (outgrown !== null) void removeOutgrown.current(outgrown);
  }, [outgrown]);
  return {
    isBusy,
    add: () => void add(),
    remove: () => void (stage.kind === 'examples' && remove(stage.examples)),
  };
}
