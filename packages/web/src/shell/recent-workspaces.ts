const recentKey = 'leanvibe.workspaces';
const kept = 8;

const stored = (): string[] => {
  try {
    const names: unknown = JSON.parse(localStorage.getItem(recentKey) ?? '[]');
    return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
  } catch {
    return [];
  }
};

/** The workspaces that were open in this browser, the present one among them, by name. */
export function recentWorkspaces(present: string): string[] {
  const names = [present, ...stored().filter((name) => name !== present)].slice(0, kept);
  localStorage.setItem(recentKey, JSON.stringify(names));
  return names.toSorted();
}
