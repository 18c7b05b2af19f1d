CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One row per workspace: the end of its log, the oldest event kept, and a count of the writes to its board.
CREATE TABLE workspace (
  client_id TEXT PRIMARY KEY,
  seq INTEGER NOT NULL DEFAULT 0,
  first_seq INTEGER NOT NULL DEFAULT 1,
  revision INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- `ordinal` is the rowid, so that the search index can refer to it. `column_order` and `priority_order` sort as the board does.
CREATE TABLE task (
  ordinal INTEGER PRIMARY KEY,
  client_id TEXT NOT NULL,
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  status TEXT NOT NULL,
  column_order INTEGER NOT NULL GENERATED ALWAYS AS (CASE status WHEN 'backlog' THEN 0 WHEN 'in_progress' THEN 1 WHEN 'testing' THEN 2 ELSE 3 END) STORED,
  priority TEXT NOT NULL,
  priority_order INTEGER NOT NULL GENERATED ALWAYS AS (CASE priority WHEN 'low' THEN 0 WHEN 'medium' THEN 1 WHEN 'high' THEN 2 ELSE 3 END) STORED,
  position TEXT NOT NULL,
  assigned_to TEXT,
  approval_state TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  due_at TEXT,
  started_at TEXT,
  completed_at TEXT,
  deleted_at TEXT,
  doc TEXT NOT NULL,
  UNIQUE (client_id, id)
) STRICT;

-- No two tasks of a column have the same rank: a collision is a conflict, and the writer of it decides again.
CREATE UNIQUE INDEX task_rank ON task (client_id, column_order, position) WHERE deleted_at IS NULL;
CREATE INDEX task_created ON task (client_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX task_deleted ON task (deleted_at) WHERE deleted_at IS NOT NULL;

-- How many tasks each column has, kept by triggers: a limit is checked, and a list counted, without counting rows.
CREATE TABLE column_count (
  client_id TEXT NOT NULL,
  status TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (client_id, status)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER task_inserted AFTER INSERT ON task WHEN new.deleted_at IS NULL BEGIN
  INSERT INTO column_count VALUES (new.client_id, new.status, 1) ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER task_removed AFTER DELETE ON task WHEN old.deleted_at IS NULL BEGIN
  UPDATE column_count SET count = count - 1 WHERE client_id = old.client_id AND status = old.status;
END;
CREATE TRIGGER task_moved AFTER UPDATE OF status, deleted_at ON task WHEN old.status <> new.status OR (old.deleted_at IS NULL) <> (new.deleted_at IS NULL) BEGIN
  UPDATE column_count SET count = count - 1 WHERE old.deleted_at IS NULL AND client_id = old.client_id AND status = old.status;
  INSERT INTO column_count SELECT new.client_id, new.status, 1 WHERE new.deleted_at IS NULL ON CONFLICT DO UPDATE SET count = count + 1;
END;

CREATE TABLE task_tag (
  client_id TEXT NOT NULL,
  tag TEXT NOT NULL,
  ordinal INTEGER NOT NULL REFERENCES task (ordinal) ON DELETE CASCADE,
  PRIMARY KEY (client_id, tag, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX task_tag_of ON task_tag (ordinal);

CREATE TABLE task_dependency (
  ordinal INTEGER NOT NULL REFERENCES task (ordinal) ON DELETE CASCADE,
  client_id TEXT NOT NULL,
  task_id TEXT NOT NULL,
  depends_on TEXT NOT NULL,
  PRIMARY KEY (client_id, task_id, depends_on)
) STRICT, WITHOUT ROWID;
CREATE INDEX task_dependency_of ON task_dependency (ordinal);

CREATE VIRTUAL TABLE task_search USING fts5 (title, description, tags, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2");

-- The log. `body` is what the event says; id, type, seq and cursor are put before it when it is read.
CREATE TABLE event (
  client_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  channel TEXT NOT NULL,
  priority TEXT NOT NULL,
  timestamp TEXT NOT NULL,
  task_id TEXT,
  body TEXT NOT NULL,
  PRIMARY KEY (client_id, seq)
) STRICT;
CREATE INDEX event_of_task ON event (client_id, task_id, seq) WHERE task_id IS NOT NULL;

CREATE TABLE document (
  client_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  version INTEGER NOT NULL,
  doc TEXT NOT NULL,
  PRIMARY KEY (client_id, kind, key)
) STRICT, WITHOUT ROWID;

-- Answers that are repeated to a request that comes again with the same idempotency key.
CREATE TABLE receipt (
  client_id TEXT NOT NULL,
  key TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  created_at TEXT NOT NULL,
  status INTEGER NOT NULL,
  headers TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (client_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX receipt_age ON receipt (created_at);
