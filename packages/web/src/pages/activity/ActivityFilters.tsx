import type { LeanVibeEvent } from '@leanvibe/protocol/event';
import { ChevronDown, X } from 'lucide-react';
import { Button } from '../../ui/Button.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { actorName, isActivityFilterEmpty, type ActivityFilter } from './activity-filter.ts';
import styles from './ActivityPage.module.css';

type Props = { filter: ActivityFilter; events: readonly LeanVibeEvent[]; onChange: (filter: ActivityFilter) => void };

const titleOf = (name: string): string => {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const valuesOf = (
  events: readonly LeanVibeEvent[],
  wanted: readonly string[],
  read: (event: LeanVibeEvent) => string,
): string[] => [...new Set([...wanted, ...events.map(read)])].toSorted();

/** Narrows the activity by what happened, where, by whom, and by words. */
export function ActivityFilters({ filter, events, onChange }: Props) {
  const set = (change: Partial<ActivityFilter>): void => onChange({ ...filter, ...change });
  return (
    <div className={styles.filters} role="search">
      <div className={styles.words}>
        <TextField
          label="Words"
          isLabelHidden
          type="search"
          placeholder="Words…"
          value={filter.words}
          onChange={({ target }) => set({ words: target.value })}
        />
      </div>
      <FilterMenu
        label="Type"
        values={valuesOf(events, filter.types, ({ type }) => type)}
        chosen={filter.types}
        titleOf={titleOf}
        onChange={(types) => set({ types })}
      />
      <FilterMenu
        label="Channel"
        values={valuesOf(events, filter.channels, ({ channel }) => channel)}
        chosen={filter.channels}
        titleOf={titleOf}
        onChange={(channels) => set({ channels })}
      />
      <FilterMenu
        label="Who"
        values={valuesOf(events, filter.actors, ({ actor }) => actorName(actor))}
        chosen={filter.actors}
        titleOf={(name) => name.replace(':', ' ')}
        onChange={(actors) => set({ actors })}
      />
      {!isActivityFilterEmpty(filter) && (
        <Button
          variant="quiet"
          icon={<X size={14} />}
          onClick={() => onChange({ types: [], channels: [], actors: [], words: '' })}
        >
          Clear
        </Button>
      )}
    </div>
  );
}

type MenuProps = {
  label: string;
  values: readonly string[];
  chosen: readonly string[];
  titleOf: (value: string) => string;
  onChange: (chosen: string[]) => void;
};

function FilterMenu({ label, values, chosen, titleOf: title, onChange }: MenuProps) {
  const toggle = (value: string): void =>
    onChange(chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value]);
  const items = values.map((value) => ({
    id: value,
    label: title(value),
    isChecked: chosen.includes(value),
    staysOpen: true,
    onSelect: () => toggle(value),
  }));
  const nothing = [{ id: 'nothing', label: 'Nothing to choose from yet', isDisabled: true }];
  return (
    <Menu label={label} sections={[{ id: 'values', items: items.length === 0 ? nothing : items }]}>
      {(trigger) => (
        <Button {...trigger}>
          {label}
          {chosen.length > 0 && `: ${chosen.length === 1 ? title(chosen[0]!) : chosen.length}`}
          <ChevronDown size={12} aria-hidden="true" />
        </Button>
      )}
    </Menu>
  );
}
