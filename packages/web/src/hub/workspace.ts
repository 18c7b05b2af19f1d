import { useSearchParams } from 'wouter';

const rememberedKey = 'leanvibe.workspace';
const defaultWorkspace = 'default';

// The `ClientId` of the protocol, without the schema library that it is written in.
const workspacePattern = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;

/** Whether a text can name a workspace. */
export const isWorkspaceName = (name: string): boolean => workspacePattern.test(name);

/** The workspace in the address, else the one that was open last, else `default`. */
export function workspaceOf(search: URLSearchParams, remembered: string | null): string {
  const named = search.get('workspace') ?? remembered;
  return named !== null && isWorkspaceName(named) ? named : defaultWorkspace;
}

/** The workspace that the address of the window names, or that was open last. */
export const openWorkspace = (): string =>
  workspaceOf(new URLSearchParams(location.search), localStorage.getItem(rememberedKey));

/** The workspace that the page shows. */
export function useWorkspace(): string {
  const [search] = useSearchParams();
  return workspaceOf(search, localStorage.getItem(rememberedKey));
}

/** Opens this workspace next time when the address names none. */
export const rememberWorkspace = (workspace: string): void => localStorage.setItem(rememberedKey, workspace);
