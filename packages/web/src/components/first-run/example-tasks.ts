import type { Board } from '@leanvibe/protocol/board';
import type { Task, TaskCreate } from '@leanvibe/protocol/task';
import { isDraft } from '../../hub/task-draft.ts';

const mark = 'leanvibe_example';

/** Tasks that teach by being used. The last one is to be approved. */
export const exampleTasks = [
  {
    title: 'Move me to In Progress',
    description:
      'Drag the card, or press **Space** on it, then the arrows, then **Space** again. The “…” menu moves it with single clicks.\n\nWhatever you do can be undone with **Ctrl+Z** or **⌘Z**.',
    priority: 'high',
    tags: ['example'],
  },
  {
    title: 'Change me: who does it, until when, what it waits for',
    description:
      'All of it stands in this drawer, with the history below. Words here are *Markdown*.\n\nIn a hurry? Type `Write the manual !high #docs @claude` at the foot of a column.',
    priority: 'medium',
    tags: ['example'],
  },
  {
    title: 'Approve me in the inbox',
    description:
      'Agents ask before they do what only a human should decide. Press **A** in the inbox to say yes, **R** to say no.',
    priority: 'low',
    tags: ['example'],
    assigned_to: 'claude',
  },
] as const satisfies readonly TaskCreate[];

/** What has to be created for the examples. */
export const exampleCreations = (): TaskCreate[] =>
  exampleTasks.map((task) => ({ ...task, tags: [...task.tags], metadata: { [mark]: true } }));

const titles: ReadonlySet<string> = new Set(exampleTasks.map(({ title }) => title));

/** Whether a task is one of the examples. One that was given another title belongs to whoever did that. */
export const isExample = ({ title, metadata }: Task): boolean => metadata[mark] === true && titles.has(title);

/** How far somebody is with a new board: nothing on it, nothing but examples, or tasks of their own beside them. */
export type FirstRunStage = { kind: 'empty' } | { kind: 'examples' | 'outgrown'; examples: Task[] } | { kind: 'own' };

/** What a board says about how far somebody is. A task that the server has not made yet does not count. */
export function firstRunStage({ columns }: Board): FirstRunStage {
  const tasks = columns.flatMap((column) => column.tasks);
  if (tasks.length === 0) return { kind: 'empty' };
  const examples = tasks.filter(isExample);
  if (examples.length === 0) return { kind: 'own' };
  return { kind: tasks.some((task) => !isExample(task) && !isDraft(task)) ? 'outgrown' : 'examples', examples };
}
