import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { describeSchemas } from './json-schema.ts';

const Name = z.strictObject({ first: z.string() });
const options = { io: 'input', target: 'draft-2020-12' } as const;

describe('describeSchemas', () => {
  it('[C8] refers to a named schema wherever it stands', () => {
    const list = z.array(Name);
    const { components, schemaOf } = describeSchemas({ ...options, named: { Name }, others: [list, Name] });
    expect(Object.keys(components)).toEqual(['Name']);
    expect(schemaOf(Name)).toEqual({ $ref: '#/components/schemas/Name' });
    expect(schemaOf(list)).toEqual({ type: 'array', items: { $ref: '#/components/schemas/Name' } });
  });

  it('[C8] describes no schema that it was not given', () => {
    const { schemaOf } = describeSchemas({ ...options, named: {}, others: [] });
    expect(() => schemaOf(Name)).toThrow('not among those described');
  });

  it('[C8] describes what is text in a query by what it means', () => {
    const count = z.string().regex(/^\d+$/).transform(Number).pipe(z.int().min(1)).default(5);
    const list = z
      .string()
      .transform((text) => text.split(','))
      .pipe(z.array(z.string()));
    const { schemaOf } = describeSchemas({ ...options, named: {}, others: [count, list] });
    expect(schemaOf(count)).toEqual({ type: 'integer', minimum: 1, default: 5 });
    expect(schemaOf(list)).toEqual({ type: 'array', items: { type: 'string' } });
  });

  it('[C8] says nothing that tells the reader nothing', () => {
    const schema = z.strictObject({ count: z.int(), at: z.iso.datetime(), any: z.record(z.string(), z.unknown()) });
    const { schemaOf } = describeSchemas({ ...options, named: {}, others: [schema] });
    expect(schemaOf(schema)).toMatchObject({
      properties: {
        count: { type: 'integer' },
        at: { type: 'string', format: 'date-time' },
        any: { type: 'object', additionalProperties: {} },
      },
    });
    expect(JSON.stringify(schemaOf(schema))).not.toMatch(/pattern|propertyNames|9007199254740991/);
  });
});
