import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { errorDocs } from './error-docs.ts';
import { eventDocs } from './event-docs.ts';
import { eventCatalogue, eventTypes } from './event-catalogue.ts';
import { problemCatalogue, type ProblemCode } from './problem-catalogue.ts';

const committed = (name: string): string => readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');
const sections = (text: string, isName: RegExp): string[] =>
  [...text.matchAll(/^## (.+)$/gm)].map(([, name]) => name!).filter((name) => isName.test(name));
const hint = 'run: node scripts/write-catalogue-docs.ts';

describe('docs/errors.md', () => {
  const text = committed('errors.md');

  it('[C3] is what the catalogue says', () => {
    expect(text, hint).toBe(errorDocs());
  });

  it('[C3] has a section for each problem, and none for another', () => {
    expect(sections(text, /^[a-z-]+$/).toSorted()).toEqual(Object.keys(problemCatalogue).toSorted());
  });

  it('[C3] says for each problem its status, what it means and what to do', () => {
    for (const code of Object.keys(problemCatalogue) as ProblemCode[]) {
      const section = text.split(`\n## ${code}\n`)[1]!.split('\n## ')[0]!;
      expect(section).toContain(`**${problemCatalogue[code].status}**`);
      expect(section).toContain(problemCatalogue[code].description);
      expect(section).toMatch(/_What to do:_ \S.{10,}/);
    }
  });
});

describe('docs/events.md', () => {
  const text = committed('events.md');

  it('[E2] is what the catalogue says', () => {
    expect(text, hint).toBe(eventDocs());
  });

  it('[E2] has a section for each event, and none for another', () => {
    expect(sections(text, /^[a-z_]+$/).toSorted()).toEqual(eventTypes.toSorted());
  });

  it('[E2] says for each event its channel, its priority and its data', () => {
    for (const type of eventTypes) {
      const section = text.split(`\n## ${type}\n`)[1]!.split('\n## ')[0]!;
      const { channel, priority, description, kept } = eventCatalogue[type];
      expect(section).toContain(`Channel \`${channel}\`, priority \`${priority}\``);
      expect(section).toContain(description);
      expect(section).toContain('`data` ');
      expect(section.includes('not kept')).toBe(!kept);
    }
  });
});
