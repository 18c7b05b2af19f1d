import fc from 'fast-check';

/** The part of JSON Schema that the protocol's schemas use. */
type Schema = {
  type?: string;
  enum?: readonly unknown[];
  const?: unknown;
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  allOf?: readonly Schema[];
  pattern?: string;
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  items?: Schema;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  additionalProperties?: Schema | boolean;
};

const texts = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    ' padded ',
    '<script>alert(1)</script>',
    '__proto__',
    "'; DROP TABLE task; --",
    '‮',
    '\u0000',
    '💥'.repeat(9),
  ),
);

const times = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });

function stringOf({ pattern, format, minLength = 0, maxLength = 200 }: Schema): fc.Arbitrary<string> {
  if (format === 'date-time') return times.map((time) => time.toISOString());
  if (pattern) return fc.stringMatching(new RegExp(pattern));
  return texts.filter((text) => text.trim().length >= minLength && text.length <= maxLength);
}

function objectOf({ properties = {}, required = [], additionalProperties }: Schema): fc.Arbitrary<unknown> {
  const members = Object.fromEntries(Object.entries(properties).map(([name, member]) => [name, arbitraryOf(member)]));
  const known = fc.record(members, { requiredKeys: required.filter((name) => name in members) });
  if (!additionalProperties) return known;
  return fc
    .tuple(fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 }), known)
    .map(([more, object]) => ({ ...more, ...object }));
}

/** Values that a schema accepts, or nearly always accepts (what it says in words only, such as uniqueness, is left to chance). */
export function arbitraryOf(schema: object): fc.Arbitrary<unknown> {
  const known = schema as Schema;
  const alternatives = known.anyOf ?? known.oneOf;
  if (alternatives) return fc.oneof(...alternatives.map(arbitraryOf));
  if (known.allOf) return arbitraryOf(Object.assign({}, ...known.allOf) as Schema);
  if (known.enum) return fc.constantFrom(...known.enum);
  if ('const' in known) return fc.constant(known.const);
  switch (known.type) {
    case 'string':
      return stringOf(known);
    case 'integer':
      return fc.integer({ min: Math.max(known.minimum ?? 0, -1e9), max: Math.min(known.maximum ?? 1000, 1e9) });
    case 'number':
      return fc.double({ min: known.minimum ?? -1000, max: known.maximum ?? 1000, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(arbitraryOf(known.items ?? {}), {
        minLength: known.minItems ?? 0,
        maxLength: Math.max(known.minItems ?? 0, Math.min(known.maxItems ?? 3, 3)),
      });
    case 'object':
      return objectOf(known);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

const strangers: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1e308,
  2 ** 53,
  '',
  'x'.repeat(5000),
  [],
  {},
  [null],
  { a: { b: 1 } },
  '\ud800',
  '../../etc/passwd',
  '2026-02-30T00:00:00Z',
];

type Damage = (value: Record<string, unknown>, name: string, stranger: unknown) => Record<string, unknown>;

const damages: readonly Damage[] = [
  (value, name) => Object.fromEntries(Object.entries(value).filter(([key]) => key !== name)),
  (value, name, stranger) => ({ ...value, [name]: stranger }),
  (value, name) => ({ ...value, [`${name}x`]: value[name] }),
  (value, _name, stranger) => ({ ...value, constructor: stranger }),
  (value, name) => ({ ...value, [name]: [value[name]] }),
];

/** Values that are one mistake away from what the schema accepts. */
export const nearlyValid = (schema: object): fc.Arbitrary<unknown> =>
  fc
    .tuple(arbitraryOf(schema), fc.constantFrom(...strangers), fc.constantFrom(...damages), fc.nat())
    .map(([value, stranger, damage, pick]) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return stranger;
      const names = Object.keys(value);
      if (names.length === 0) return { stranger };
      return damage(value as Record<string, unknown>, names[pick % names.length]!, stranger);
    });
