import type { ReactNode } from 'react';
import { ConnectionState } from './ConnectionState.tsx';
import { KeptChanges } from './KeptChanges.tsx';
import { Navigation } from './Navigation.tsx';
import styles from './Shell.module.css';
import { WorkspaceMenu } from './WorkspaceMenu.tsx';

/** What surrounds every page: where one is, where one can go, and whether the server is there. */
export const Shell = ({ children }: { children: ReactNode }) => (
  <div className={styles.shell}>
    <a href="#page" className={styles.skip}>
      Skip to the page
    </a>
    <header className={styles.top}>
      <WorkspaceMenu />
      <KeptChanges />
      <ConnectionState />
    </header>
    <div className={styles.side}>
      <Navigation />
    </div>
    <main id="page" tabIndex={-1} className={styles.page}>
      {children}
    </main>
  </div>
);
