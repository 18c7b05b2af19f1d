import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { closeCodes } from '@leanvibe/protocol/close-codes';
import { serverFrames } from '@leanvibe/protocol/socket-frames';
import type { Task } from '@leanvibe/protocol/task';
import { createApp } from '../src/create-app.ts';
import { blocksAfter, readDocument, repositoryRoot, runBlock } from './documented-shell.ts';
import { testConfig } from './test-config.ts';

describe('the guide for beginners', () => {
  it('[C8] works as written, block by block', { timeout: 60_000 }, async () => {
    using config = testConfig();
    await using app = await createApp(config);
    const cwd = mkdtempSync(join(tmpdir(), 'leanvibe-guide-'));
    try {
      const body = JSON.stringify({ title: 'The task of the guide' });
      const headers = { 'content-type': 'application/json' };
      const tasks = `${app.url}/tasks/default`;
      const { id } = (await (await fetch(tasks, { method: 'POST', headers, body })).json()) as Task;
      const blocks = blocksAfter('run', readDocument('docs/getting-started.md'));
      expect(blocks).toHaveLength(4);
      for (const block of blocks) {
        // The folder is not the clone, so that nothing is left in there; the command is the same one.
        const script = `npx() { "$@"; }\n${block}`;
        await runBlock(script, { address: new URL(app.url).host, cwd, variables: { TASK: id } });
      }
      const task = (await (await fetch(`${tasks}/${id}`)).json()) as Task;
      expect(task).toMatchObject({ priority: 'critical', approval: { state: 'approved', requested_by: 'claude' } });
      expect(await (await fetch(`${tasks}/board/rules`)).json()).toMatchObject({ require_approval_for_done: true });
      const copies = (await (await fetch(`${app.url}/tasks/copy`)).json()) as Task[];
      expect(copies.map(({ title }) => title).toSorted()).toEqual(['Parse the config', 'The task of the guide']);
    } finally {
      rmSync(cwd, { recursive: true });
    }
  });
});

describe('the guide for writers of clients', () => {
  const guide = readDocument('docs/clients.md');
  const rows = guide.split('\n').filter((line) => line.startsWith('|'));

  it('[W8] names every close code with its reason', () => {
    for (const { closeCode, code } of closeCodes) {
      const row = rows.find((line) => line.includes(` ${closeCode}`) && line.includes(`\`${code}\``));
      expect(row, `${closeCode} ${code}`).toBeDefined();
    }
  });

  it('[W1] names every frame of the server', () => {
    for (const type of Object.keys(serverFrames)) {
      expect(
        rows.find((line) => line.includes(`\`${type}\``)),
        type,
      ).toBeDefined();
    }
  });
});

describe('the guide for operators', () => {
  const guide = readDocument('docs/operations.md');

  it('[C9] names every figure of the product, and none that there is not', async () => {
    using config = testConfig();
    await using app = await createApp(config);
    const figures = (await (await fetch(`${app.url}/metrics`)).text()).matchAll(/^# TYPE (leanvibe_\w+)/gm);
    const named = guide.matchAll(/`(leanvibe_\w+)`/g);
    const sorted = (matches: Iterable<RegExpMatchArray>) =>
      [...new Set([...matches].map(([, name]) => name!))].toSorted();
    expect(sorted(named)).toEqual(sorted(figures));
  });
});

describe('the documents', () => {
  const paths = globSync(['*.md', 'docs/**/*.md', 'packages/*/*.md'], { cwd: repositoryRoot });

  it('[C8] link to what is there', () => {
    expect(paths.length).toBeGreaterThan(20);
    const broken = paths.flatMap((path) => {
      const targets = [...readDocument(path).matchAll(/\]\((?!https?:)([^)#\s]+)/g)].map(([, target]) => target!);
      const folder = dirname(join(repositoryRoot, path));
      return targets.filter((target) => !existsSync(join(folder, target))).map((target) => `${path}: ${target}`);
    });
    expect(broken).toEqual([]);
  });

  it('[C8] link to headings that are there', () => {
    const slug = (heading: string): string =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{Letter}\p{Number}\s_-]/gu, '')
        .replaceAll(' ', '-');
    const broken = paths.flatMap((path) =>
      [...readDocument(path).matchAll(/\]\((?!https?:)([^)#\s]*)#([^)\s]+)\)/g)].flatMap(([, target, anchor]) => {
        const file = target === '' ? join(repositoryRoot, path) : join(dirname(join(repositoryRoot, path)), target!);
        const headings = readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm);
        return [...headings].some(([, heading]) => slug(heading!) === anchor) ? [] : [`${path}: ${target}#${anchor}`];
      }),
    );
    expect(broken).toEqual([]);
  });
});
