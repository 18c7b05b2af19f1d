import { LeanVibeError } from '@leanvibe/client/leanvibe-error';
import type { Token, TokenCreated } from '@leanvibe/protocol/token';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useHub } from '../../hub/hub-context.tsx';
import { useNow } from '../../hub/now.ts';
import { tokensKey } from '../../hub/query-keys.ts';
import { TokenForm } from '../../forms/TokenForm.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useToasts } from '../../ui/Toasts.tsx';
import { NewTokenDialog } from './NewTokenDialog.tsx';
import { QueryProblem } from './QueryProblem.tsx';
import { TokenList } from './TokenList.tsx';

/** Who may call: makes tokens, lists and revokes them. */
export function TokenSettings() {
  const { client } = useHub();
  const queryClient = useQueryClient();
  const now = useNow(60_000);
  const [isMaking, setMaking] = useState(false);
  const [made, setMade] = useState<TokenCreated | null>(null);
  const [revoking, setRevoking] = useState<Token | null>(null);
  const {
    data: tokens,
    error,
    refetch,
  } = useQuery({
    queryKey: tokensKey(),
    queryFn: ({ signal }) => Array.fromAsync(client.tokens.all({}, { signal })),
    staleTime: 0,
  });
  const readAgain = (): void => void queryClient.invalidateQueries({ queryKey: tokensKey() });
  return (
    <>
      <div>
        <Button icon={<Plus size={14} />} onClick={() => setMaking(true)}>
          New token…
        </Button>
      </div>
      {tokens === undefined && error === null && <Skeleton label="Reading the tokens" rows={2} />}
      {tokens === undefined && error !== null && <QueryProblem error={error} onRetry={() => void refetch()} />}
      {tokens !== undefined && <TokenList tokens={tokens} nowMs={now} onRevoke={setRevoking} />}
      {isMaking && (
        <TokenForm
          onClose={() => setMaking(false)}
          onMade={(token) => {
            setMaking(false);
            setMade(token);
            readAgain();
          }}
        />
      )}
      {made !== null && <NewTokenDialog token={made} onClose={() => setMade(null)} />}
      {revoking !== null && <RevokeDialog token={revoking} onClose={() => setRevoking(null)} onRevoked={readAgain} />}
    </>
  );
}

type RevokeProps = { token: Token; onClose: () => void; onRevoked: () => void };

function RevokeDialog({ token, onClose, onRevoked }: RevokeProps) {
  const { client } = useHub();
  const toasts = useToasts();
  const [isBusy, setBusy] = useState(false);
  const revoke = async (): Promise<void> => {
    setBusy(true);
    try {
      await client.tokens.revoke(token.id);
      toasts.show({ text: `“${token.name}” is revoked.`, tone: 'neutral' });
    } catch (error) {
      if (!(error instanceof LeanVibeError)) throw error;
      toasts.show({ text: error.detail, tone: 'danger' });
    }
    onRevoked();
    onClose();
  };
  return (
    <Dialog
      title={`Revoke “${token.name}”?`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button variant="danger" disabled={isBusy} onClick={() => void revoke()}>
            Revoke
          </Button>
        </>
      }
    >
      Whatever uses it is refused from now on, and its open connections are closed. This cannot be undone.
    </Dialog>
  );
}
