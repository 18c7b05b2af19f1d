import { useLocation } from 'wouter';
import { useBoard } from '../hub/use-board.ts';
import { AppLink } from './AppLink.tsx';
import { pages } from './pages.ts';
import { pendingApprovals } from './pending-approvals.ts';
import styles from './Navigation.module.css';

/** The links to the pages; the inbox says how many tasks wait for a human. */
export function Navigation() {
  const [location] = useLocation();
  const waiting = pendingApprovals(useBoard()).length;
  return (
    <nav className={styles.navigation} aria-label="Pages">
      {pages.map(({ path, title, icon: Icon }) => (
        <AppLink key={path} to={path} className={styles.link} isCurrent={location === path}>
          <Icon size={16} aria-hidden="true" />
          <span className={styles.title}>{title}</span>
          {path === '/inbox' && waiting > 0 && (
            <span className={styles.count}>
              {waiting}
              <span className="visually-hidden"> waiting</span>
            </span>
          )}
        </AppLink>
      ))}
    </nav>
  );
}
