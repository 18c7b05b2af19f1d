import { useLayoutEffect, useRef } from 'react';
import styles from './Markdown.module.css';
import { renderMarkdown } from './render-markdown.ts';

/** Markdown as people read it. Whatever stands in it is inert. */
export function Markdown({ text }: { text: string }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => place.current?.replaceChildren(renderMarkdown(text)), [text]);
  return <div ref={place} className={styles.markdown} />;
}
