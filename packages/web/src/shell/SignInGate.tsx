import type { ReactNode } from 'react';
import { useConnection, useHub } from '../hub/hub-context.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { SignInPage } from './SignInPage.tsx';

/** Shows the app to whom the server lets in, and to others what they can do about it. */
export function SignInGate({ children }: { children: ReactNode }) {
  const { workspace } = useHub();
  const { failure } = useConnection();
  if (failure?.code === 'unauthorized') return <SignInPage />;
  if (failure?.code === 'forbidden') {
    return (
      <main>
        <h1 className="visually-hidden">LeanVibe</h1>
        <ErrorState title={`This browser may not open “${workspace}”`} detail={failure.detail} />
      </main>
    );
  }
  return children;
}
