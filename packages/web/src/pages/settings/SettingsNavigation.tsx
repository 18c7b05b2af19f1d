import { sectionTitles, type SectionId } from './settings-sections.ts';
import styles from './SettingsPage.module.css';

/** Leads to the parts of the settings. */
export const SettingsNavigation = () => (
  <nav className={styles.navigation} aria-label="Settings">
    {(Object.keys(sectionTitles) as SectionId[]).map((id) => (
      <a key={id} href={`#${id}`} className={styles.link}>
        {sectionTitles[id]}
      </a>
    ))}
  </nav>
);
