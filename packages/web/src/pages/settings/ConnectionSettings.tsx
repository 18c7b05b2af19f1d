import type { Connection } from '@leanvibe/protocol/streaming';
import { useQuery } from '@tanstack/react-query';
import { agoText } from '../../components/ago-text.ts';
import { momentText } from '../../components/elapsed-time.ts';
import { useHub } from '../../hub/hub-context.tsx';
import { useNow } from '../../hub/now.ts';
import { connectionsKey } from '../../hub/query-keys.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { QueryProblem } from './QueryProblem.tsx';
import styles from './TokenSettings.module.css';

const refreshMs = 5_000;

/** The open sockets and streams, of all workspaces. */
export function ConnectionSettings() {
  const { client, deviceId } = useHub();
  const now = useNow(refreshMs);
  const { data, error, refetch } = useQuery({
    queryKey: connectionsKey(),
    queryFn: ({ signal }) => client.connections.list({ signal, retries: 0 }),
    refetchInterval: refreshMs,
    staleTime: 0,
  });
  if (data === undefined) {
    return error === null ? (
      <Skeleton label="Reading the connections" rows={2} />
    ) : (
      <QueryProblem error={error} onRetry={() => void refetch()} />
    );
  }
  if (data.length === 0) return <p className={styles.nothing}>Nothing is connected.</p>;
  return (
    <ul className={styles.list}>
      {data.map((connection) => (
        <ConnectionRow
          key={connection.connection_id}
          connection={connection}
          isHere={connection.device_id === deviceId}
          nowMs={now}
        />
      ))}
    </ul>
  );
}

const typeTitles: Readonly<Record<Connection['client_type'], string>> = {
  web: 'Browser',
  ios: 'Phone',
  cli: 'Terminal',
  agent: 'Agent',
  unknown: 'Program',
};

type RowProps = { connection: Connection; isHere: boolean; nowMs: number };

const ConnectionRow = ({ connection, isHere, nowMs }: RowProps) => (
  <li className={styles.token}>
    <div className={styles.words}>
      <p className={styles.name}>
        {typeTitles[connection.client_type]}
        {isHere && <Badge tone="success">this browser</Badge>}
        <Badge>{connection.client_id}</Badge>
      </p>
      <p className={styles.facts}>
        <span title={momentText(connection.connected_at)}>connected {agoText(connection.connected_at, nowMs)}</span>
        <span>{connection.transport === 'sse' ? 'server-sent events' : 'WebSocket'}</span>
        <span>{connection.events_sent} events sent</span>
        {connection.queued_bytes > 0 && <span>{connection.queued_bytes} bytes wait to be read</span>}
        {connection.device_id !== null && <span>{connection.device_id}</span>}
      </p>
    </div>
  </li>
);
