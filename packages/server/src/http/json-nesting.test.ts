import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isNestedDeeper } from './json-nesting.ts';

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;

describe('isNestedDeeper', () => {
  it('[S4] agrees with the depth of what is parsed, whatever stands in strings', () => {
    const awkward = fc.constantFrom('[[[[', '{"', '"', '\\', '\\"', ']]]', '\\\\', 'plain');
    const value = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 8, withCrossShrink: true },
        awkward,
        fc.integer(),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(awkward, tie('node'), { maxKeys: 3 }),
      ),
    })).node;
    fc.assert(
      fc.property(value, fc.integer({ min: 0, max: 10 }), fc.constantFrom(undefined, 2), (tree, limit, indent) => {
        expect(isNestedDeeper(JSON.stringify(tree, null, indent), limit)).toBe(depthOf(tree) > limit);
      }),
      { numRuns: 500 },
    );
  });

  it('[S4] comes to an end on text that is no JSON', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof isNestedDeeper(text, 3) === 'boolean'));
    expect(isNestedDeeper('"[[[[', 3)).toBe(false);
    expect(isNestedDeeper('"\\"[[[[', 3)).toBe(false);
    expect(isNestedDeeper('"\\\\"[[[[', 3)).toBe(true);
  });
});
