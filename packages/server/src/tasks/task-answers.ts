import type { StoredAnswer } from '../database/store.ts';
import { emptyAnswer, jsonTextAnswer } from '../http/answer.ts';
import { versionTag } from '../http/entity-tag.ts';
import type { Answer } from '../http/route-binding.ts';
import type { CachedText } from './task-cache.ts';
import type { TaskResult } from './task-service.ts';

/** Answers with the text of an entity of this version. */
export const entityAnswer = (text: string, version: number, status = 200): StoredAnswer =>
  jsonTextAnswer(status, text, { etag: versionTag(version) });

/** Answers with a task as a change left it. */
export const changedAnswer = ({ task, text }: TaskResult): StoredAnswer => entityAnswer(text, task.version);

/** Answers with a task that was made. */
export const createdAnswer = ({ task, text }: TaskResult): StoredAnswer =>
  jsonTextAnswer(201, text, { etag: versionTag(task.version), location: `/tasks/${task.client_id}/${task.id}` });

/** Answers that a task is deleted. */
export const deletedAnswer = (): StoredAnswer => emptyAnswer(204);

/** Answers with a text that was made of the state of a board. */
export const textAnswer = ({ etag, headers, body }: CachedText): Answer => ({
  status: 200,
  headers: { ...headers, etag },
  body,
});
