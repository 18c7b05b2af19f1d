import { readMigrations } from '../../src/database/migrate.ts';
import { prepareDatabase } from '../../src/database/prepare-database.ts';
import { addition } from './later-migration.ts';

// Makes a database, or brings one up to date: `node preparing-process.ts <file> [migrate]`. Run to be interrupted.
const [file, also] = process.argv.slice(2);
prepareDatabase(file!, [...readMigrations(), ...(also === 'migrate' ? [addition] : [])]);
