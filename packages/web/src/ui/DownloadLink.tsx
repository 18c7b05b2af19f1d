import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './Button.module.css';
import { classNames } from './class-names.ts';
import linkStyles from './DownloadLink.module.css';

/** A link that looks like a button and saves a file under the name that the server gives it. */
export const DownloadLink = ({ href, children }: { href: string; children: ReactNode }) => (
  <a href={href} download className={classNames(styles.button, styles.secondary, linkStyles.link)}>
    <Download size={14} aria-hidden="true" />
    {children}
  </a>
);
