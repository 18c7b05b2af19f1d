import { Search, SlidersHorizontal, X } from 'lucide-react';
import { useMemo } from 'react';
import { useCommands } from '../../shell/commands-context.tsx';
import { Button } from '../../ui/Button.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { readFilter, type BoardFilter } from './board-filter.ts';
import { activeFilters, filterMenu } from './filter-menu.tsx';
import styles from './FilterBar.module.css';

type Props = {
  filter: BoardFilter;
  onFilter: (filter: BoardFilter) => void;
  names: { assignees: readonly string[]; tags: readonly string[] };
};

const searchFieldId = 'board-search';
const noFilter = readFilter(new URLSearchParams());

const focusSearch = (): void => {
  const field = document.getElementById(searchFieldId);
  if (field instanceof HTMLInputElement) field.select();
  field?.focus();
};

/** Narrows the board: words, and a menu with everything else. What is set stands in the address. */
export function FilterBar({ filter, onFilter, names }: Props) {
  useCommands(
    useMemo(
      () => [
        {
          id: 'search',
          title: 'Search the board',
          section: 'Board',
          shortcut: '/',
          keywords: 'find filter',
          run: focusSearch,
        },
        {
          id: 'clear-filters',
          title: 'Clear search and filters',
          section: 'Board',
          shortcut: 'Shift+f',
          run: () => onFilter(noFilter),
        },
      ],
      [onFilter],
    ),
  );
  return (
    <div className={styles.bar} role="search">
      <label className={styles.search}>
        <Search size={14} aria-hidden="true" />
        <span className="visually-hidden">Search the board</span>
        <input
          id={searchFieldId}
          type="search"
          autoComplete="off"
          placeholder="Search"
          className={styles.input}
          value={filter.words}
          onChange={({ target }) => onFilter({ ...filter, words: target.value })}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || filter.words === '') return;
            event.preventDefault();
            onFilter({ ...filter, words: '' });
          }}
        />
      </label>
      <Menu label="Filters" sections={filterMenu(filter, names, onFilter)}>
        {(trigger) => (
          <Button {...trigger} icon={<SlidersHorizontal size={14} />}>
            Filter
          </Button>
        )}
      </Menu>
      {activeFilters(filter).map(({ id, label, without }) => (
        <button
          key={id}
          type="button"
          className={styles.chip}
          onClick={() => {
            onFilter(without);
            document.getElementById(searchFieldId)?.focus();
          }}
        >
          <span className="visually-hidden">Remove the filter </span>
          {label} <X size={12} aria-hidden="true" />
        </button>
      ))}
    </div>
  );
}
