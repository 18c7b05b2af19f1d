import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Route, Switch } from 'wouter';
import { ConflictDialog } from './components/ConflictDialog.tsx';
import { HubProvider } from './hub/hub-context.tsx';
import type { FirstBoard } from './hub/first-board.ts';
import { createQueryClient } from './hub/query-client.ts';
import { boardKey } from './hub/query-keys.ts';
import { OfflineSync } from './offline/OfflineSync.tsx';
import { BoardPage } from './pages/board/BoardPage.tsx';
import { CommandsProvider } from './shell/commands-context.tsx';
import { AppUpdates } from './shell/AppUpdates.tsx';
import { NotFoundPage } from './shell/NotFoundPage.tsx';
import { ShellDialogs } from './shell/ShellDialogs.tsx';
import { Shell } from './shell/Shell.tsx';
import { SignInGate } from './shell/SignInGate.tsx';
import { AnnouncerProvider } from './ui/Announcer.tsx';
import { Skeleton } from './ui/Skeleton.tsx';
import { ToastProvider } from './ui/Toasts.tsx';

// The board is the first view; the others come when they are gone to.
const InboxPage = lazy(async () => ({ default: (await import('./pages/inbox/InboxPage.tsx')).InboxPage }));
const ActivityPage = lazy(async () => ({ default: (await import('./pages/activity/ActivityPage.tsx')).ActivityPage }));
const SettingsPage = lazy(async () => ({ default: (await import('./pages/settings/SettingsPage.tsx')).SettingsPage }));

/** The whole app: what every page needs around the page that the address names. */
export function App({ firstBoard }: { firstBoard: FirstBoard }) {
  const [queryClient] = useState(() => {
    const client = createQueryClient();
    if (firstBoard.board !== null) client.setQueryData(boardKey(firstBoard.workspace), firstBoard.board);
    return client;
  });
  return (
    <QueryClientProvider client={queryClient}>
      <AnnouncerProvider>
        <ToastProvider>
          <HubProvider firstBoard={firstBoard}>
            <CommandsProvider>
              <AppUpdates />
              <SignInGate>
                <OfflineSync />
                <Shell>
                  <Pages />
                </Shell>
                <ShellDialogs />
                <ConflictDialog />
              </SignInGate>
            </CommandsProvider>
          </HubProvider>
        </ToastProvider>
      </AnnouncerProvider>
    </QueryClientProvider>
  );
}

const Pages = () => (
  <Suspense fallback={<Skeleton label="Loading the page" rows={6} />}>
    <Switch>
      <Route path="/" component={BoardPage} />
      <Route path="/inbox" component={InboxPage} />
      <Route path="/activity" component={ActivityPage} />
      <Route path="/settings" component={SettingsPage} />
      <Route component={NotFoundPage} />
    </Switch>
  </Suspense>
);
