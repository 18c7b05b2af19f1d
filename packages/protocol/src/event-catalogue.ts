import { z } from 'zod';
import { EntityIdOutput } from './identifiers.ts';
import { Task } from './task.ts';

/** How urgent an event is, ascending. */
export const eventPriorities = ['debug', 'low', 'medium', 'high', 'critical'] as const;
/** How urgent an event is. */
export type EventPriority = (typeof eventPriorities)[number];

/** What events are about; a subscription to `all` takes every channel. */
export const eventChannels = [
  'tasks',
  'metrics',
  'analysis',
  'agent',
  'voice',
  'notifications',
  'files',
  'system',
] as const;
/** What an event is about. */
export type EventChannel = (typeof eventChannels)[number];

/** One kind of event. `kept: false` means it is sent to open sockets only and has no `seq`. */
export type EventRow = {
  channel: EventChannel;
  priority: EventPriority;
  kept: boolean;
  description: string;
  data: z.ZodType;
};

const taskData = z.strictObject({ task: Task });
const freeData = z.record(z.string(), z.unknown());
const change = z.strictObject({ from: z.unknown(), to: z.unknown() });

/** Every event, by its type. Types, checks, AsyncAPI and docs/events.md are derived from these rows. */
export const eventCatalogue = {
  task_created: {
    channel: 'tasks',
    priority: 'medium',
    kept: true,
    description: 'A task was created.',
    data: taskData,
  },
  task_updated: {
    channel: 'tasks',
    priority: 'medium',
    kept: true,
    description: 'A task changed in any way. `changes` names each member that differs, with its old and new value.',
    data: z.strictObject({ task: Task, changes: z.record(z.string(), change) }),
  },
  task_completed: {
    channel: 'tasks',
    priority: 'medium',
    kept: true,
    description: 'A task entered done. Follows directly on the event of the change.',
    data: taskData,
  },
  task_deleted: {
    channel: 'tasks',
    priority: 'medium',
    kept: true,
    description: 'A task was deleted. It can be restored for 30 days.',
    data: z.strictObject({ task_id: EntityIdOutput, task: Task }),
  },
  task_restored: {
    channel: 'tasks',
    priority: 'medium',
    kept: true,
    description: 'A deleted task is back on the board.',
    data: taskData,
  },
  task_approval_requested: {
    channel: 'tasks',
    priority: 'high',
    kept: true,
    description: 'A human is asked to decide about a task. Follows on its task_updated.',
    data: taskData,
  },
  task_approved: {
    channel: 'tasks',
    priority: 'high',
    kept: true,
    description: 'A task was approved. Follows on its task_updated.',
    data: taskData,
  },
  task_rejected: {
    channel: 'tasks',
    priority: 'high',
    kept: true,
    description: 'A task was rejected. Follows on its task_updated.',
    data: taskData,
  },
  metrics_updated: {
    channel: 'metrics',
    priority: 'low',
    kept: false,
    description: 'Figures changed. Sent live only, at most once a second.',
    data: freeData,
  },
  analysis_complete: {
    channel: 'analysis',
    priority: 'medium',
    kept: true,
    description: 'A project was indexed.',
    data: freeData,
  },
  decision_logged: {
    channel: 'agent',
    priority: 'medium',
    kept: true,
    description: 'A decision was logged.',
    data: freeData,
  },
  voice_command_processed: {
    channel: 'voice',
    priority: 'low',
    kept: true,
    description: 'A spoken command was handled.',
    data: freeData,
  },
  notification_sent: {
    channel: 'notifications',
    priority: 'low',
    kept: true,
    description: 'The last device of a notification is settled.',
    data: freeData,
  },
  agent_started: {
    channel: 'agent',
    priority: 'medium',
    kept: true,
    description: 'An agent began a piece of work.',
    data: freeData,
  },
  agent_progress: {
    channel: 'agent',
    priority: 'medium',
    kept: true,
    description: 'An agent reports how far it is.',
    data: freeData,
  },
  agent_completed: {
    channel: 'agent',
    priority: 'medium',
    kept: true,
    description: 'An agent finished a piece of work.',
    data: freeData,
  },
  agent_error: {
    channel: 'agent',
    priority: 'high',
    kept: true,
    description: 'An agent could not go on.',
    data: freeData,
  },
  file_changed: {
    channel: 'files',
    priority: 'debug',
    kept: true,
    description: 'A file of an attached project changed.',
    data: freeData,
  },
  system_ready: {
    channel: 'system',
    priority: 'medium',
    kept: true,
    description: 'The server is ready.',
    data: freeData,
  },
  system_error: {
    channel: 'system',
    priority: 'high',
    kept: true,
    description: 'A part of the server has a problem.',
    data: freeData,
  },
} as const satisfies Record<string, EventRow>;

/** The name of a kind of event. */
export type EventType = keyof typeof eventCatalogue;
/** The names of all kinds of events. */
export const eventTypes = Object.keys(eventCatalogue) as EventType[];

/** The data that an event of this type carries. */
export type EventData<Type extends EventType> = z.infer<(typeof eventCatalogue)[Type]['data']>;
