import { z } from 'zod';

/** A JSON Schema, as it stands in a document. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Schemas by the name they have in a document. */
export type NamedSchemas = Readonly<Record<string, z.ZodType>>;

type OverrideContext = Parameters<NonNullable<NonNullable<Parameters<typeof z.toJSONSchema>[1]>['override']>>[0];

const textIsReadAs = new Set(['number', 'array']);

/** Zod writes these for what has no bound of its own; to a reader they say nothing. */
const dropNoise = (schema: Record<string, unknown>): void => {
  if (schema['minimum'] === Number.MIN_SAFE_INTEGER) delete schema['minimum'];
  if (schema['maximum'] === Number.MAX_SAFE_INTEGER) delete schema['maximum'];
  if (schema['format'] === 'date-time') delete schema['pattern'];
  if (JSON.stringify(schema['propertyNames']) === '{"type":"string"}') delete schema['propertyNames'];
};

/** What a query carries as text but means as a number or a list is described by its meaning, as OpenAPI does. */
const describeByMeaning = (zodSchema: OverrideContext['zodSchema'], schema: Record<string, unknown>): void => {
  const definition = zodSchema._zod.def;
  if (definition.type === 'default') schema['default'] = definition.defaultValue;
  if (definition.type !== 'pipe' || !textIsReadAs.has(definition.out._zod.def.type)) return;
  const { $schema: _dialect, ...meaning } = z.toJSONSchema(definition.out as z.ZodType);
  for (const member of ['type', 'pattern']) delete schema[member];
  Object.assign(schema, meaning);
};

const makeReadable = ({ zodSchema, jsonSchema }: OverrideContext): void => {
  const schema = jsonSchema as Record<string, unknown>;
  describeByMeaning(zodSchema, schema);
  dropNoise(schema);
};

const localPrefix = 'local:';

const referenceTo = (id: string): string => `#/components/schemas/${id}`;

const bare = ({ $schema: _dialect, $id: _id, ...schema }: Record<string, unknown>): JsonSchema => schema;

/**
 * Describes schemas as JSON Schema: the named ones as components, and every other through `schemaOf`, which answers a `$ref` for a
 * named schema and the schema itself, with references to the named ones within it, for each of `others`.
 */
export const describeSchemas = (options: {
  named: NamedSchemas;
  others: Iterable<z.ZodType>;
  io: 'input' | 'output';
  target: 'draft-2020-12' | 'draft-07';
}): { components: Record<string, JsonSchema>; schemaOf: (schema: z.ZodType) => JsonSchema } => {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(options.named)) registry.add(schema, { id });
  let count = 0;
  for (const schema of options.others) {
    if (!registry.has(schema)) registry.add(schema, { id: `${localPrefix}${(count += 1)}` });
  }
  const { schemas } = z.toJSONSchema(registry, {
    target: options.target,
    io: options.io,
    uri: referenceTo,
    override: makeReadable,
  });
  const described = (id: string): JsonSchema => bare(schemas[id] as Record<string, unknown>);
  return {
    components: Object.fromEntries(Object.keys(options.named).map((id) => [id, described(id)])),
    schemaOf(schema) {
      const id = registry.get(schema)?.id;
      if (id === undefined) throw new Error('the schema is not among those described');
      return id.startsWith(localPrefix) ? described(id) : { $ref: referenceTo(id) };
    },
  };
};
