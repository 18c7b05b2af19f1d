import { QueryClient } from '@tanstack/react-query';
import { LeanVibeError } from '@leanvibe/client/leanvibe-error';

/** Server state. Events keep it fresh, so nothing is read again merely because a window got the focus. */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        // Whether the browser believes to be online says nothing about a server on this machine.
        networkMode: 'always',
        // The client tries again by itself where that can help.
        retry: (failures, error) => !(error instanceof LeanVibeError) && failures < 2,
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
