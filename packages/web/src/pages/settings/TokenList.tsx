import type { Token } from '@leanvibe/protocol/token';
import { Bot, KeyRound, Monitor } from 'lucide-react';
import { agoText } from '../../components/ago-text.ts';
import { momentText } from '../../components/elapsed-time.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { isPaired, isUsable, roleTitles, scopeText } from './token-words.ts';
import styles from './TokenSettings.module.css';

type Props = { tokens: readonly Token[]; nowMs: number; onRevoke: (token: Token) => void };

/** The tokens and the browsers that were signed in; those that serve no more are folded away. */
export function TokenList({ tokens, nowMs, onRevoke }: Props) {
  const usable = tokens.filter((token) => isUsable(token, nowMs));
  const others = tokens.filter((token) => !isUsable(token, nowMs));
  const rows = (list: readonly Token[]) =>
    list.map((token) => <TokenRow key={token.id} token={token} nowMs={nowMs} onRevoke={onRevoke} />);
  return (
    <>
      {usable.length === 0 ? (
        <p className={styles.nothing}>There are no tokens.</p>
      ) : (
        <ul className={styles.list}>{rows(usable)}</ul>
      )}
      {others.length > 0 && (
        <details>
          <summary className={styles.summary}>Revoked and expired ({others.length})</summary>
          <ul className={styles.list}>{rows(others)}</ul>
        </details>
      )}
    </>
  );
}

function TokenRow({ token, nowMs, onRevoke }: { token: Token; nowMs: number; onRevoke: (token: Token) => void }) {
  const { name, role, created_at: created, last_used_at: used, expires_at: expires, revoked_at: revoked } = token;
  const Icon = isPaired(token) ? Monitor : role === 'agent' ? Bot : KeyRound;
  return (
    <li className={styles.token}>
      <Icon size={16} aria-hidden="true" />
      <div className={styles.words}>
        <p className={styles.name}>
          {isPaired(token) ? 'Browser' : name}
          <Badge>{roleTitles[role]}</Badge>
          <Badge tone={token.admin ? 'accent' : 'neutral'}>{scopeText(token)}</Badge>
        </p>
        <p className={styles.facts}>
          <span title={momentText(created)}>
            {isPaired(token) ? 'signed in' : 'made'} {agoText(created, nowMs)}
          </span>
          <span>{used === null ? 'never used' : `last used ${agoText(used, nowMs)}`}</span>
          {revoked !== null && <span>revoked {momentText(revoked)}</span>}
          {revoked === null && expires !== null && (
            <span>
              {Date.parse(expires) > nowMs ? 'expires' : 'expired'} {momentText(expires)}
            </span>
          )}
        </p>
      </div>
      {isUsable(token, nowMs) && (
        <Button
          variant="danger"
          aria-label={`${isPaired(token) ? 'Sign out' : 'Revoke'} ${name}`}
          onClick={() => onRevoke(token)}
        >
          {isPaired(token) ? 'Sign out' : 'Revoke'}
        </Button>
      )}
    </li>
  );
}
