/** How the app looks; `system` follows the platform. */
export type Theme = 'system' | 'light' | 'dark' | 'contrast';

const themeKey = 'leanvibe.theme';

/** What people call each theme. */
export const themeTitles: Readonly<Record<Theme, string>> = {
  system: 'As the system',
  light: 'Light',
  dark: 'Dark',
  contrast: 'High contrast',
};

/** The theme that was chosen in this browser. */
export function storedTheme(): Theme {
  const stored = localStorage.getItem(themeKey);
  return stored !== null && stored in themeTitles ? (stored as Theme) : 'system';
}

/** Shows the app in a theme. */
export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

/** Shows the app in a theme from now on. */
export function chooseTheme(theme: Theme): void {
  localStorage.setItem(themeKey, theme);
  applyTheme(theme);
}
