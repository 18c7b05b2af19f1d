import { useConnection } from '../../hub/hub-context.tsx';
import { useBoard } from '../../hub/use-board.ts';
import { PageHeader } from '../../shell/PageHeader.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';

/** The board of the workspace. */
export function BoardPage() {
  const board = useBoard();
  const { failure } = useConnection();
  return (
    <>
      <PageHeader title="Board" />
      {board === undefined && failure !== null && (
        <ErrorState title="The board cannot be read" detail={failure.detail} />
      )}
      {board === undefined && failure === null && <Skeleton label="Reading the board" />}
      {board?.columns.map(({ status, title, task_count: count }) => (
        <p key={status}>
          {title}: {count}
        </p>
      ))}
    </>
  );
}
