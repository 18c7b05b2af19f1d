// The physical limit: what the server does for a task, by hand and nothing else. node:http, prepared statements on the same
// schema (search index, log and counters included), group commit with synchronous=FULL; lists join stored texts.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const schema = readFileSync(
  new URL('../../packages/server/migrations/sqlite/0001-foundation.sql', import.meta.url),
  'utf8',
);
const database = new DatabaseSync(join(process.env['DATA_DIR']!, 'hand.db'));
database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768');
database.exec(schema);

const begin = database.prepare('BEGIN IMMEDIATE');
const commit = database.prepare('COMMIT');
const insertTask =
  database.prepare(`INSERT INTO task (client_id, id, version, status, priority, position, created_at, updated_at, doc)
  VALUES (?, ?, 1, 'backlog', ?, ?, ?, ?, ?)`);
const insertSearch = database.prepare('INSERT INTO task_search (rowid, title, description, tags) VALUES (?, ?, ?, ?)');
const bumpSeq = database.prepare(`INSERT INTO workspace (client_id, seq, revision) VALUES (?, 1, 1)
  ON CONFLICT DO UPDATE SET seq = seq + 1, revision = revision + 1 RETURNING seq`);
const insertEvent =
  database.prepare(`INSERT INTO event (client_id, seq, id, type, channel, priority, timestamp, task_id, body)
  VALUES (?, ?, ?, 'task_created', 'tasks', 'medium', ?, ?, ?)`);
const listDocs = database.prepare(
  'SELECT doc FROM task WHERE client_id = ? AND deleted_at IS NULL ORDER BY column_order, position LIMIT 100',
);

type Creation = { clientId: string; title: string; priority: string; response: ServerResponse };
let waiting: Creation[] = [];
let rank = 0;
let cached: Buffer | null = null;

function flush(): void {
  const group = waiting;
  waiting = [];
  const answers: [ServerResponse, string, string][] = [];
  begin.run();
  for (const { clientId, title, priority, response } of group) {
    const id = randomUUID();
    const now = new Date().toISOString();
    const position = `a${String((rank += 1)).padStart(9, '0')}`;
    const doc = JSON.stringify({
      id, client_id: clientId, version: 1, title, description: null, status: 'backlog', priority, position, assigned_to: null,
      confidence_score: null, estimated_hours: null, actual_hours: null, due_at: null, started_at: null, completed_at: null,
      tags: [], depends_on: [], approval: null, metadata: {}, created_at: now, updated_at: now,
    }); // prettier-ignore
    const { lastInsertRowid } = insertTask.run(clientId, id, priority, position, now, now, doc);
    insertSearch.run(lastInsertRowid, title, null, '');
    const { seq } = bumpSeq.get(clientId) as { seq: number };
    const body = `"client_id":"${clientId}","channel":"tasks","priority":"medium","timestamp":"${now}","data":{"task":${doc}}`;
    insertEvent.run(clientId, seq, randomUUID(), now, id, body);
    answers.push([response, id, doc]);
  }
  commit.run();
  cached = null;
  for (const [response, id, doc] of answers) {
    response.writeHead(201, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(doc),
      etag: '"1"',
      location: `/tasks/x/${id}`,
    });
    response.end(doc);
  }
}

function create(clientId: string, text: string, response: ServerResponse): void {
  const { title, priority = 'medium' } = JSON.parse(text) as { title: string; priority?: string };
  if (typeof title !== 'string' || title.length === 0 || title.length > 255) {
    response.writeHead(400).end();
    return;
  }
  if (waiting.length === 0) setImmediate(flush);
  waiting.push({ clientId, title, priority, response });
}

const joinDocs = (clientId: string): Buffer =>
  Buffer.from(`[${(listDocs.all(clientId) as { doc: string }[]).map((row) => row.doc).join(',')}]`);

function list(clientId: string, cache: boolean, response: ServerResponse): void {
  const body = cache ? (cached ??= joinDocs(clientId)) : joinDocs(clientId);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
  response.end(body);
}

const server = createServer((request, response) => {
  const [, , clientId = '', query] = request.url!.split(/[/?]/);
  if (request.method === 'GET') return list(clientId, query === 'cached', response);
  let text = '';
  request.setEncoding('utf8');
  request.on('data', (chunk: string) => (text += chunk));
  request.on('end', () => create(clientId, text, response));
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
process.once('SIGTERM', () => process.exit(0));
