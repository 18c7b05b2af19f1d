import { z } from 'zod';
import { textUpTo, trimmedText } from './text.ts';

const Person = trimmedText(1, 255);
const Remark = textUpTo(4096);

/** Body of `POST …/approval`. */
export const ApprovalRequest = z.strictObject({ requested_by: Person, note: Remark.optional() });
export type ApprovalRequest = z.infer<typeof ApprovalRequest>;

/** Body of `POST …/approve`; all of it may be left out. */
export const ApproveRequest = z.strictObject({ decided_by: Person.optional(), comment: Remark.optional() });
export type ApproveRequest = z.infer<typeof ApproveRequest>;

/** Body of `POST …/reject`. */
export const RejectRequest = z.strictObject({ reason: trimmedText(1, 4096), decided_by: Person.optional() });
export type RejectRequest = z.infer<typeof RejectRequest>;
