/** What the tab says: the page, and first of all how many tasks wait for a human. */
export const pageTitle = (title: string, waiting: number): string =>
  `${waiting === 0 ? '' : `(${waiting}) `}${title} · LeanVibe`;
