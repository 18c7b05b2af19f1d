import { ClientId } from '@leanvibe/protocol/identifiers';
import { columnTitles } from '@leanvibe/protocol/board';
import { approvalStates, taskPriorities, taskStatuses } from '@leanvibe/protocol/task';
import { expect, it } from 'vitest';
import { approvalTitles, priorities, statuses, statusTitles } from './task-values.ts';
import { isWorkspaceName, workspaceOf } from './workspace.ts';

it('[Board] knows the columns, priorities and approvals of the protocol, in order', () => {
  expect(statuses).toEqual([...taskStatuses]);
  expect(statusTitles).toEqual(columnTitles);
  expect(priorities).toEqual([...taskPriorities]);
  expect(Object.keys(approvalTitles)).toEqual([...approvalStates]);
});

it('[C2] takes as the name of a workspace what the protocol does', () => {
  for (const name of ['default', 'a', 'my.project:1_x-2', '', '-a', 'a b', 'ä', 'x'.repeat(128), 'x'.repeat(129)]) {
    expect(isWorkspaceName(name), name).toBe(ClientId.safeParse(name).success);
  }
});

it('[C2] opens the workspace of the address, else the last one, else the default one', () => {
  expect(workspaceOf(new URLSearchParams('workspace=named'), 'last')).toBe('named');
  expect(workspaceOf(new URLSearchParams(), 'last')).toBe('last');
  expect(workspaceOf(new URLSearchParams(), null)).toBe('default');
  expect(workspaceOf(new URLSearchParams('workspace=../x'), null)).toBe('default');
});
