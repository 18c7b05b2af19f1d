import { Actor } from './actor.ts';
import { ApprovalRequest, ApproveRequest, RejectRequest } from './approval.ts';
import { Board, BoardColumn, BoardRules, BoardRulesUpdate, ColumnRules, TaskStats } from './board.ts';
import { LeanVibeEvent } from './event.ts';
import { ComponentHealth, Health, Ready } from './health.ts';
import { ProblemDetails, ValidationIssue } from './problem.ts';
import { Connection, StreamingPreferences, StreamingPreferencesUpdate } from './streaming.ts';
import { BulkOperation, BulkRequest, BulkResponse, BulkResult } from './task-bulk.ts';
import { Approval, Task, TaskCreate, TaskMove, TaskPriority, TaskStatus, TaskUpdate } from './task.ts';
import { TaskExport, TaskImport, TaskImportResult } from './task-transfer.ts';
import { PairingLink, Token, TokenCreate, TokenCreated } from './token.ts';

/** The bodies of requests that have a name of their own in the documents. */
export const inputSchemas = {
  TaskCreate,
  TaskUpdate,
  TaskMove,
  BulkRequest,
  BulkOperation,
  TaskImport,
  BoardRulesUpdate,
  ApprovalRequest,
  ApproveRequest,
  RejectRequest,
  StreamingPreferencesUpdate,
  TokenCreate,
} as const;

/** What answers are made of, by the name it has in the documents. */
export const outputSchemas = {
  Task,
  TaskStatus,
  TaskPriority,
  Approval,
  Board,
  BoardColumn,
  BoardRules,
  ColumnRules,
  TaskStats,
  BulkResponse,
  BulkResult,
  TaskExport,
  TaskImportResult,
  LeanVibeEvent,
  Actor,
  Connection,
  StreamingPreferences,
  Token,
  TokenCreated,
  PairingLink,
  Health,
  ComponentHealth,
  Ready,
  ProblemDetails,
  ValidationIssue,
} as const;
