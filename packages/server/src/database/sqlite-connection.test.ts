import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { StatementCache } from './sqlite-connection.ts';

const beyondSafeIntegers = '9009535716950016';

it('[C4] runs statements after a row with an id that no JavaScript number can hold', () => {
  using database = new DatabaseSync(':memory:');
  const statements = new StatementCache(database);
  database.exec('CREATE TABLE entry (id INTEGER PRIMARY KEY, word TEXT)');
  statements.run(`INSERT INTO entry VALUES (${beyondSafeIntegers}, ?)`, 'large');
  expect(statements.run('UPDATE entry SET word = ?', 'changed').changes).toBe(1);
  expect(statements.run('INSERT INTO entry VALUES (?, ?)', 7, 'small')).toEqual({ changes: 1, ordinal: 7 });
});

it('[C4] gives numbers in rows, also from a statement that was run before', () => {
  using database = new DatabaseSync(':memory:');
  const statements = new StatementCache(database);
  statements.run('SELECT 1 AS one');
  expect(statements.get('SELECT 1 AS one')).toEqual({ one: 1 });
  expect(statements.all('SELECT 1 AS one')).toEqual([{ one: 1 }]);
});
