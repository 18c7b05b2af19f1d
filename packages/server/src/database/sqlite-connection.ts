import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

/** How hard a commit is pressed onto the disk. Anything but FULL loses acknowledged writes in a power cut; tests show it. */
export type Synchronous = 'FULL' | 'NORMAL';

/** The one connection that writes. */
export function openWriteConnection(file: string, synchronous: Synchronous = 'FULL'): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 5000, enableForeignKeyConstraints: true });
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = ${synchronous};
    PRAGMA fullfsync = ON;
    PRAGMA checkpoint_fullfsync = ON;
    PRAGMA wal_autocheckpoint = 0;
    PRAGMA journal_size_limit = 67108864;
    PRAGMA cache_size = -32768;
    PRAGMA temp_store = MEMORY;
  `);
  return database;
}

/** A connection that only reads, and sees committed data only. */
export function openReadConnection(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
  database.exec('PRAGMA query_only = ON; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;');
  return database;
}

/** Prepared statements by their text: preparing one costs seven times as much as running it. */
export class StatementCache {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #limit: number;

  constructor(database: DatabaseSync, limit = 200) {
    this.#database = database;
    this.#limit = limit;
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    if (this.#statements.size >= this.#limit) this.#statements.clear();
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #prepareForRows(sql: string): StatementSync {
    const statement = this.#prepare(sql);
    statement.setReadBigInts(false);
    return statement;
  }

  /** `ordinal`: the rowid of the row that was inserted, if the statement inserted one. */
  run(sql: string, ...values: SQLInputValue[]): { changes: number; ordinal: number } {
    const statement = this.#prepare(sql);
    // After any statement SQLite reports the last rowid of the connection. The search index makes some beyond 2^53, and Node throws
    // at those, after the statement was carried out, unless it may give them as bigint.
    statement.setReadBigInts(true);
    const { changes, lastInsertRowid } = statement.run(...values);
    return { changes: Number(changes), ordinal: Number(lastInsertRowid) };
  }

  /** The first row, in the shape that the query selects. */
  get<Row>(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#prepareForRows(sql).get(...values) as Row | undefined;
  }

  /** All rows as arrays of their columns: for many rows half the cost of objects. */
  arrays<Row extends readonly unknown[]>(sql: string, ...values: SQLInputValue[]): Row[] {
    // A comment tells the statement apart from one of the same text that gives objects.
    const statement = this.#prepare(`${sql} --`);
    statement.setReturnArrays(true);
    return statement.all(...values) as unknown as Row[];
  }

  /** All rows, in the shape that the query selects. */
  all<Row>(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#prepareForRows(sql).all(...values) as Row[];
  }
}
