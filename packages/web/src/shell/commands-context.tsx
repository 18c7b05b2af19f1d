import { createContext, use, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react';
import { Observable } from '../hub/observable.ts';
import { useShortcuts } from './use-shortcuts.ts';

/** Something that can be done from the command palette, and by its shortcut. */
export type Command = {
  id: string;
  title: string;
  section: string;
  /** As `shortcut.ts` writes them. */
  shortcut?: string | undefined;
  /** Further words that find it. */
  keywords?: string | undefined;
  run: () => void;
};

type Registry = Observable<readonly (readonly Command[])[]>;

const CommandsContext = createContext<Registry | null>(null);

const useRegistry = (): Registry => {
  const registry = use(CommandsContext);
  if (registry === null) throw new Error('there is no CommandsProvider around this');
  return registry;
};

/** Knows everything that can be done at the moment. */
export function CommandsProvider({ children }: { children: ReactNode }) {
  const [registry] = useState<Registry>(() => new Observable<readonly (readonly Command[])[]>([]));
  return (
    <CommandsContext value={registry}>
      <Shortcuts />
      {children}
    </CommandsContext>
  );
}

/** Offers commands for as long as the component is there. Keep the list the same between renders. */
export function useCommands(commands: readonly Command[]): void {
  const registry = useRegistry();
  useEffect(() => {
    registry.update((lists) => [...lists, commands]);
    return () => registry.update((lists) => lists.filter((list) => list !== commands));
  }, [registry, commands]);
}

/** Everything that can be done at the moment. Of two with one id the later counts. */
export function useAllCommands(): readonly Command[] {
  const registry = useRegistry();
  const lists = useSyncExternalStore(registry.subscribe, registry.get);
  return useMemo(() => [...new Map(lists.flat().map((command) => [command.id, command])).values()], [lists]);
}

function Shortcuts() {
  useShortcuts(useAllCommands());
  return null;
}
