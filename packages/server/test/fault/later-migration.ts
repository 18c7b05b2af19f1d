import { readMigrations, type Migration } from '../../src/database/migrate.ts';

/** A step that a later version could have: it changes the schema and every task. */
export const addition: Migration = {
  number: readMigrations().at(-1)!.number + 1,
  name: '9999-addition.sql',
  sql: `ALTER TABLE task ADD COLUMN addition TEXT;
        UPDATE task SET addition = 'of ' || id;
        CREATE INDEX task_addition ON task (addition)`,
};
