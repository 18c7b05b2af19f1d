/** Where each piece of server state is kept, by workspace. */
export const boardKey = (workspace: string) => ['board', workspace] as const;
export const rulesKey = (workspace: string) => ['rules', workspace] as const;
export const preferencesKey = (workspace: string) => ['preferences', workspace] as const;
export const historyKey = (workspace: string, taskId: string) => ['history', workspace, taskId] as const;
export const connectionsKey = () => ['connections'] as const;
export const healthKey = () => ['health'] as const;
export const tokensKey = () => ['tokens'] as const;
