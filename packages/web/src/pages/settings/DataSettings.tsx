import { TaskImportForm } from '../../forms/TaskImportForm.tsx';
import { useHub } from '../../hub/hub-context.tsx';
import { DownloadLink } from '../../ui/DownloadLink.tsx';
import styles from './DataSettings.module.css';

/** Takes all tasks out as a file, and brings tasks of a file in. */
export function DataSettings() {
  const { workspace } = useHub();
  const address = `/tasks/${encodeURIComponent(workspace)}/export`;
  return (
    <>
      <div className={styles.exports}>
        <DownloadLink href={address}>Export as JSON</DownloadLink>
        <DownloadLink href={`${address}?format=csv`}>Export as CSV</DownloadLink>
      </div>
      <p className={styles.hint}>JSON has everything in it and can be imported again; CSV is for spreadsheets.</p>
      <TaskImportForm />
    </>
  );
}
