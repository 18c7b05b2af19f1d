import type { ComponentHealth, Health } from '@leanvibe/protocol/health';
import { useQuery } from '@tanstack/react-query';
import { elapsedText } from '../../components/elapsed-time.ts';
import { useHub } from '../../hub/hub-context.tsx';
import { healthKey } from '../../hub/query-keys.ts';
import { Badge, type BadgeTone } from '../../ui/Badge.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './AboutSettings.module.css';
import { QueryProblem } from './QueryProblem.tsx';

const refreshMs = 10_000;

const tones: Readonly<Record<Health['status'], BadgeTone>> = { ok: 'success', degraded: 'warning', down: 'danger' };
const words: Readonly<Record<Health['status'], string>> = { ok: 'Well', degraded: 'Limited', down: 'Down' };

/** What the server is and how each part of it does. */
export function AboutSettings() {
  const { client } = useHub();
  const {
    data: health,
    error,
    refetch,
  } = useQuery({
    queryKey: healthKey(),
    queryFn: ({ signal }) => client.health({ signal, retries: 0 }),
    refetchInterval: refreshMs,
    staleTime: 0,
  });
  if (error !== null) return <QueryProblem error={error} onRetry={() => void refetch()} />;
  if (health === undefined) return <Skeleton label="Asking the server how it is" rows={2} />;
  const { TaskMirror: mirror, ...components } = health.components;
  return (
    <>
      <p className={styles.summary}>
        <strong>LeanVibe {health.version}</strong>
        <Badge tone={tones[health.status]}>{words[health.status]}</Badge>
        <span className={styles.detail}>running for {elapsedText(health.uptime_seconds * 1000)}</span>
      </p>
      <ul className={styles.components}>
        {Object.entries(components).map(([name, component]) => (
          <ComponentRow key={name} name={name} component={component} />
        ))}
        {mirror === undefined ? <NoMirror /> : <ComponentRow name="Mirror" component={mirror} />}
      </ul>
      <p className={styles.links}>
        <a href="/docs">The interface, to read and try out</a>
        <a href="/openapi.json">OpenAPI</a>
        <a href="/asyncapi.json">AsyncAPI</a>
      </p>
    </>
  );
}

const ComponentRow = ({ name, component: { status, detail } }: { name: string; component: ComponentHealth }) => (
  <li className={styles.component}>
    <span className={styles.name}>{name}</span>
    <Badge tone={tones[status]}>{words[status]}</Badge>
    {detail !== undefined && <span className={styles.detail}>{detail}</span>}
  </li>
);

const NoMirror = () => (
  <li className={styles.component}>
    <span className={styles.name}>Mirror</span>
    <Badge>Not kept</Badge>
    <span className={styles.detail}>
      Start the server with <code>--mirror tasks.json</code> to keep the boards as a file too.
    </span>
  </li>
);
