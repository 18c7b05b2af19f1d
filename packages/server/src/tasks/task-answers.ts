import type { StoredAnswer } from '../database/store.ts';
import type { Answer } from '../http/route-binding.ts';
import type { CachedText } from './task-cache.ts';
import type { TaskResult } from './task-service.ts';

/** The tag of an entity: its version. */
export const entityTag = (version: number): string => `"${version}"`;

/** Answers with the text of an entity of this version. */
export const entityAnswer = (text: string, version: number, status = 200): StoredAnswer => ({
  status,
  headers: { etag: entityTag(version) },
  body: text,
});

/** Answers with a task as a change left it. */
export const changedAnswer = ({ task, text }: TaskResult): StoredAnswer => entityAnswer(text, task.version);

/** Answers with a task that was made. */
export const createdAnswer = ({ task, text }: TaskResult): StoredAnswer => ({
  status: 201,
  headers: { etag: entityTag(task.version), location: `/tasks/${task.client_id}/${task.id}` },
  body: text,
});

/** Answers that a task is deleted. */
export const deletedAnswer = (): StoredAnswer => ({ status: 204, headers: {}, body: '' });

/** Answers with a text that was made of the state of a board. */
export const textAnswer = ({ etag, headers, body }: CachedText): Answer => ({
  status: 200,
  headers: { ...headers, etag },
  body,
});
