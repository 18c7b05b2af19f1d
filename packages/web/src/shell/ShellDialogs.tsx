import { useCallback, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { useAppAddress } from './AppLink.tsx';
import { CommandPalette } from './CommandPalette.tsx';
import { useCommands, type Command } from './commands-context.tsx';
import { pages } from './pages.ts';
import { ShortcutSheet } from './ShortcutSheet.tsx';

/** The command palette and the sheet of shortcuts, and the commands that open them and lead to the pages. */
export function ShellDialogs() {
  const [open, setOpen] = useState<'palette' | 'shortcuts' | null>(null);
  const [, navigate] = useLocation();
  const address = useAppAddress();
  const go = useCallback((path: string) => navigate(address(path)), [navigate, address]);
  const commands = useMemo(
    (): Command[] => [
      ...pages.map(({ path, title, shortcut }) => ({
        id: `go-${path}`,
        title: `Go to ${title}`,
        section: 'Pages',
        shortcut,
        run: () => go(path),
      })),
      { id: 'palette', title: 'Command palette', section: 'Help', shortcut: 'Mod+k', run: () => setOpen('palette') },
      {
        id: 'shortcuts',
        title: 'Keyboard shortcuts',
        section: 'Help',
        shortcut: '?',
        keywords: 'keys help',
        run: () => setOpen('shortcuts'),
      },
    ],
    [go],
  );
  useCommands(commands);
  const close = useCallback(() => setOpen(null), []);
  if (open === 'palette') return <CommandPalette onClose={close} />;
  return open === 'shortcuts' ? <ShortcutSheet onClose={close} /> : null;
}
