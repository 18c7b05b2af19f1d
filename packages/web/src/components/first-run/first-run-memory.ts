const keyOf = (workspace: string): string => `leanvibe.first-run.${workspace}`;

/** Whether somebody wants to see no more of the first steps in a workspace. */
export const isFirstRunDismissed = (workspace: string): boolean =>
  localStorage.getItem(keyOf(workspace)) === 'dismissed';

/** Shows no more of the first steps in a workspace. */
export const dismissFirstRun = (workspace: string): void => localStorage.setItem(keyOf(workspace), 'dismissed');
