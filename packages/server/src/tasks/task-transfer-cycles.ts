import type { ValidationIssue } from '@leanvibe/protocol/problem';
import type { IdentifiedRecord } from './task-transfer-ids.ts';

/** For each task, by number, the numbers of those it waits for. Numbers, because a file can hold 100,000 tasks. */
type Edges = readonly (readonly number[])[];

/** Names the tasks that wait for themselves, directly or through others of the file (and those between two such circles). */
export function cycleIssues(records: readonly IdentifiedRecord[]): ValidationIssue[] {
  const numbers = new Map(records.map(({ id }, number) => [id, number]));
  const edges = records.map(({ dependsOn }) =>
    dependsOn.map((id) => numbers.get(id)).filter((number) => number !== undefined),
  );
  // First go those that lead to no circle, then those that no circle leads to.
  const leadToCircle = peel(
    edges,
    edges.map(() => true),
  );
  const inCircle = peel(reversed(edges), leadToCircle);
  return records
    .filter((_, number) => inCircle[number])
    .map(({ record }) => ({
      path: `tasks.${record.name}.depends_on`,
      message: 'closes a circle: the task would wait for itself',
    }));
}

/** Of the tasks that are in, those left after taking away, again and again, every one without an edge to another that is left. */
function peel(edges: Edges, isIn: readonly boolean[]): boolean[] {
  const isLeft = [...isIn];
  const sources = reversed(edges);
  const degrees = edges.map((targets) => targets.filter((target) => isIn[target]).length);
  const free = [...degrees.keys()].filter((number) => isIn[number] && degrees[number] === 0);
  for (const number of free) {
    isLeft[number] = false;
    for (const source of sources[number]!) {
      degrees[source]! -= 1;
      if (degrees[source] === 0 && isIn[source]) free.push(source);
    }
  }
  return isLeft;
}

function reversed(edges: Edges): number[][] {
  const sources: number[][] = edges.map(() => []);
  for (const [number, targets] of edges.entries()) for (const target of targets) sources[target]!.push(number);
  return sources;
}
