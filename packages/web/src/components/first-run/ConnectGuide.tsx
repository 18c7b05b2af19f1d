import { useState } from 'react';
import { useHub } from '../../hub/hub-context.tsx';
import { isLoopback } from '../../hub/is-loopback.ts';
import { AppLink } from '../../shell/AppLink.tsx';
import { Button } from '../../ui/Button.tsx';
import { CodeBlock } from '../../ui/CodeBlock.tsx';
import { agentInstructions, scriptCommands, type ConnectTarget } from './connect-commands.ts';
import styles from './FirstRun.module.css';

const kinds = { agent: 'An agent', script: 'A script', phone: 'A phone' } as const;
type Kind = keyof typeof kinds;

/** How an agent, a script or a phone is connected, with commands that carry the address at which the app is open. */
export function ConnectGuide() {
  const { workspace } = useHub();
  const [kind, setKind] = useState<Kind | null>(null);
  const isHere = isLoopback(location.hostname);
  const target = { origin: location.origin, workspace, needsToken: !isHere };
  return (
    <>
      <div className={styles.kinds} role="group" aria-label="What to connect">
        {(Object.keys(kinds) as Kind[]).map((name) => (
          <Button
            key={name}
            aria-expanded={kind === name}
            className={kind === name ? styles.chosen : undefined}
            onClick={() => setKind(kind === name ? null : name)}
          >
            {kinds[name]}
          </Button>
        ))}
      </div>
      {kind === null && (
        <p className={styles.words}>Everything that connects sees the same board, and each change at once.</p>
      )}
      {kind === 'agent' && <Agent target={target} />}
      {kind === 'script' &&
        scriptCommands(target).map(({ label, text }) => <CodeBlock key={label} label={label} text={text} />)}
      {kind === 'phone' && <Phone isHere={isHere} />}
      {kind !== null && kind !== 'phone' && target.needsToken && (
        <p className={styles.words}>
          This server asks for a token: <AppLink to="/settings#tokens">make one in the settings</AppLink>.
        </p>
      )}
    </>
  );
}

const Agent = ({ target }: { target: ConnectTarget }) => {
  const { label, text } = agentInstructions(target);
  return (
    <>
      <p className={styles.words}>
        Put this into the file that your agent reads first, such as <code>AGENTS.md</code> or <code>CLAUDE.md</code>:
      </p>
      <CodeBlock label={label} text={text} />
    </>
  );
};

const Phone = ({ isHere }: { isHere: boolean }) => (
  <>
    {isHere && (
      <>
        <p className={styles.words}>
          The server listens to its own machine only. Start it so that the phone can reach it:
        </p>
        <CodeBlock label="the command" text="leanvibe serve --host 0.0.0.0" />
      </>
    )}
    <p className={styles.words}>
      Then point the camera at the code that it prints, or at{' '}
      <AppLink to="/settings#phone">the one in the settings</AppLink>.
    </p>
  </>
);
