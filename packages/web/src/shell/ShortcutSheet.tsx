import { useState } from 'react';
import { cardKeys } from '../pages/board/use-board-keys.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { Switch } from '../ui/Switch.tsx';
import { useAllCommands } from './commands-context.tsx';
import styles from './ShortcutSheet.module.css';
import { singleKeysAreOn, turnSingleKeys } from './single-keys.ts';

/** Every shortcut that works on this page, and the switch for those without Ctrl. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const commands = useAllCommands().filter(({ shortcut }) => shortcut !== undefined);
  const [isOn, setOn] = useState(singleKeysAreOn);
  const sections = Map.groupBy(commands, ({ section }) => section);
  return (
    <Dialog title="Keyboard shortcuts" width="wide" onClose={onClose}>
      <div className={styles.columns}>
        {[...sections].map(([section, rows]) => (
          <KeyList
            key={section}
            title={section}
            rows={rows.map(({ title, shortcut }) => ({ title, keys: shortcut! }))}
          />
        ))}
        <KeyList title="On a card" rows={cardKeys} />
      </div>
      <Switch
        label="Single keys"
        hint="Turn them off when you dictate: speech could press them by chance."
        isOn={isOn}
        onChange={(wanted) => {
          turnSingleKeys(wanted);
          setOn(wanted);
        }}
      />
    </Dialog>
  );
}

const KeyList = ({ title, rows }: { title: string; rows: readonly { title: string; keys: string }[] }) => (
  <section className={styles.section}>
    <h3>{title}</h3>
    <dl className={styles.keys}>
      {rows.map(({ title: text, keys }) => (
        <div key={text} className={styles.row}>
          <dt>{text}</dt>
          <dd>
            <Kbd keys={keys} />
          </dd>
        </div>
      ))}
    </dl>
  </section>
);
