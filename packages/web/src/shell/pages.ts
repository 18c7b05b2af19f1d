import { Inbox, LayoutGrid, Radio, Settings, type LucideIcon } from 'lucide-react';

/** A page of the app, as the navigation and the command palette name it. */
export type AppPage = { path: string; title: string; icon: LucideIcon; shortcut: string };

/** The pages, in the order of the navigation. */
export const pages: readonly AppPage[] = [
  { path: '/', title: 'Board', icon: LayoutGrid, shortcut: 'g b' },
  { path: '/inbox', title: 'Inbox', icon: Inbox, shortcut: 'g i' },
  { path: '/activity', title: 'Activity', icon: Radio, shortcut: 'g a' },
  { path: '/settings', title: 'Settings', icon: Settings, shortcut: 'g s' },
];
