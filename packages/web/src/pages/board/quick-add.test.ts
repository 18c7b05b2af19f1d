import { TaskCreate } from '@leanvibe/protocol/task';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuickAdd } from './quick-add.ts';

describe('the line of quick add', () => {
  it('[Quick add] reads priority, tags and assignee wherever they stand', () => {
    expect(parseQuickAdd('  !high Write the  #docs manual @claude #v1 ')).toEqual({
      title: 'Write the manual',
      priority: 'high',
      tags: ['docs', 'v1'],
      assigned_to: 'claude',
    });
    expect(parseQuickAdd('Plain')).toEqual({ title: 'Plain' });
  });

  it('[Quick add] takes `urgent` for critical, any letter case, the last of several, and a tag once', () => {
    expect(parseQuickAdd('x !LOW !Urgent @a @b #t #t')).toEqual({
      title: 'x',
      priority: 'critical',
      tags: ['t'],
      assigned_to: 'b',
    });
  });

  it('[Quick add] leaves alone what is none of its marks', () => {
    for (const line of ['Fix #42', 'Wow!', 'a ! b', 'mail me@example.org', 'C# and F#', 'Say !hello', '# @']) {
      expect(parseQuickAdd(line), line).toEqual({ title: line });
    }
    expect(parseQuickAdd(String.raw`\#real \@title \!high`)).toEqual({ title: '#real @title !high' });
  });

  it('[Quick add] wants a title', () => {
    for (const line of ['', '   ', '!high', '#tag @agent']) expect(parseQuickAdd(line), line).toBeNull();
  });

  it('[Quick add] makes of every line something that the server takes, or nothing', () => {
    const word = fc.oneof(fc.string({ maxLength: 80 }), fc.constantFrom('!high', '#tag', '@agent', '#', '@'));
    fc.assert(
      fc.property(fc.array(word, { maxLength: 50 }), (words) => {
        const parsed = parseQuickAdd(words.join(' '));
        if (parsed !== null) expect(TaskCreate.safeParse(parsed).error).toBeUndefined();
      }),
    );
  });
});
