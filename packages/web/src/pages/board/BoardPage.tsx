import { useConnection } from '../../hub/hub-context.tsx';
import { useBoard } from '../../hub/use-board.ts';
import { PageHeader } from '../../shell/PageHeader.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { BoardBody } from './BoardBody.tsx';
import styles from './BoardPage.module.css';

/** The board of the workspace. */
export function BoardPage() {
  const board = useBoard();
  const { failure } = useConnection();
  if (board !== undefined) return <BoardBody whole={board} />;
  return (
    <>
      <PageHeader title="Board" />
      {failure === null ? <BoardSkeleton /> : <ErrorState title="The board cannot be read" detail={failure.detail} />}
    </>
  );
}

const BoardSkeleton = () => (
  <div className={styles.columns} role="group" aria-busy="true" aria-label="Reading the board">
    {[3, 2, 1, 2].map((rows, index) => (
      <div key={index} className={styles.loading}>
        <Skeleton label="Reading a column" rows={rows} />
      </div>
    ))}
  </div>
);
