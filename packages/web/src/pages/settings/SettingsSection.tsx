import { useEffect, useRef, type ReactNode } from 'react';
import { sectionTitles, type SectionId } from './settings-sections.ts';
import styles from './SettingsPage.module.css';

type Props = { id: SectionId; hint?: string; children: ReactNode };

/** A part of the settings; the address can name it. */
export function SettingsSection({ id, hint, children }: Props) {
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    // The page comes after the address, so the browser has found nothing to go to.
    if (location.hash === `#${id}`) section.current?.scrollIntoView();
  }, [id]);
  return (
    <section ref={section} id={id} className={styles.section} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} className={styles.title}>
        {sectionTitles[id]}
      </h2>
      {hint !== undefined && <p className={styles.hint}>{hint}</p>}
      <div className={styles.content}>{children}</div>
    </section>
  );
}
