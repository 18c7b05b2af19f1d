import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { offerLegacyImport } from './legacy-tasks-offer.ts';

describe('offerLegacyImport', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'leanvibe-offer-'));
    mkdirSync(join(folder, '.leanvibe_cache'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const write = (text: string): void => writeFileSync(join(folder, '.leanvibe_cache', 'tasks.json'), text);

  it('[T13] names the command that imports the tasks of the original', () => {
    write('{"a": {"title": "A"}, "b": {"title": "B"}}');
    expect(offerLegacyImport(folder)).toContain('2 tasks');
    expect(offerLegacyImport(folder)).toContain(
      `leanvibe tasks import ${join(folder, '.leanvibe_cache', 'tasks.json')}\n`,
    );
  });

  it('[T13] quotes a path for the shell', () => {
    const spaced = join(folder, "it's here");
    mkdirSync(join(spaced, '.leanvibe_cache'), { recursive: true });
    writeFileSync(join(spaced, '.leanvibe_cache', 'tasks.json'), '{"a": {"title": "A"}}');
    expect(offerLegacyImport(spaced)).toContain(String.raw`/it'\''s here/.leanvibe_cache/tasks.json'`);
  });

  it.each(['{}', '[]', 'null', '{"a": ', ''])('[T13] says nothing about a file with %j', (text) => {
    write(text);
    expect(offerLegacyImport(folder)).toBeNull();
  });

  it('[T13] says nothing where there is no such file', () => {
    expect(offerLegacyImport(folder)).toBeNull();
    mkdirSync(join(folder, '.leanvibe_cache', 'tasks.json'));
    expect(offerLegacyImport(folder)).toBeNull();
  });
});
