import type { ProblemCode } from '@leanvibe/protocol/problem-catalogue';
import { clientFrames, type ClientFrame } from '@leanvibe/protocol/socket-frames';
import { validationFailed, validationIssues } from '../http/validation-issues.ts';

const maxDepth = 32;

/** What is wrong with a frame. `requestId`: of the request that it was, where that could be read. */
export type FrameRefusal = { code: ProblemCode; detail: string; requestId: string | undefined };

/** Reads a text frame of a client. */
export function readClientFrame(text: string): { frame: ClientFrame } | { refusal: FrameRefusal } {
  const value = parseObject(text);
  if (value === null) return refuse('malformed-frame', 'The frame is not a JSON object.', undefined);
  const requestId = requestIdOf(value);
  if (!isHarmless(value)) {
    const detail = `The frame is nested more than ${maxDepth} deep or has a member that would change an object prototype.`;
    return refuse('malformed-frame', detail, requestId);
  }
  const { type } = value;
  if (typeof type !== 'string' || !Object.hasOwn(clientFrames, type)) {
    return refuse('unknown-frame', `\`type\` must be one of ${Object.keys(clientFrames).join(', ')}.`, requestId);
  }
  const parsed = clientFrames[type as keyof typeof clientFrames].safeParse(value);
  if (parsed.success) return { frame: parsed.data };
  return refuse('validation-failed', validationFailed(validationIssues(parsed.error)).message, requestId);
}

const refuse = (code: ProblemCode, detail: string, requestId: string | undefined): { refusal: FrameRefusal } => ({
  refusal: { code, detail, requestId },
});

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

function requestIdOf({ request_id: id }: Record<string, unknown>): string | undefined {
  return typeof id === 'string' && id.length >= 1 && id.length <= 128 ? id : undefined;
}

/** Walks without recursion: the depth is the client's. */
function isHarmless(root: object): boolean {
  let level: object[] = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth === maxDepth) return false;
    const next: object[] = [];
    for (const value of level) {
      if (changesPrototype(value)) return false;
      for (const member of Object.values(value)) {
        if (typeof member === 'object' && member !== null) next.push(member);
      }
    }
    level = next;
  }
  return true;
}

function changesPrototype(value: object): boolean {
  if (Object.hasOwn(value, '__proto__')) return true;
  if (!Object.hasOwn(value, 'constructor')) return false;
  const { constructor } = value as { constructor: unknown };
  return typeof constructor === 'object' && constructor !== null && Object.hasOwn(constructor, 'prototype');
}
