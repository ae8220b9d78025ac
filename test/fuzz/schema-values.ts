import fc from 'fast-check';

// biome-ignore lint/suspicious/noExplicitAny: a JSON schema is what it is
export type JsonSchema = any;

/** What the ledger has at the moment a value is drawn. */
export interface Known {
  readonly ids: () => readonly string[];
}

const drawn = (values: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...values);

const DATES = ['2014-07-01', '2023-12-31', '2024-01-01', '2024-02-29', '2024-06-15', '2025-03-02', '2026-01-05'];
export const OFFICE_IDS = ['CN-GX-BLO', 'CN-MPS', 'CN-GX-PSD', 'VN-04-BLO', 'VN-MPS', 'VN-09-BLO', 'VN-34-PD'];
const WORDS = ['Note 1', 'N. V. A.', 'Ngoc Lan', '王某', 'Trần Thị B', 'Interview', 'a reason', '12/2024'];

const digits = fc.nat({ max: 99_999_999 }).map((number) => String(number).padStart(8, '0'));

/** Texts by the beginning of their pattern, the most telling first; a pattern that is not here takes words. */
const BY_PATTERN: readonly (readonly [begins: string, texts: fc.Arbitrary<string>])[] = [
  [
    '^(CN|VN)-',
    fc.oneof(
      drawn(OFFICE_IDS),
      digits.map((each) => `CN-X${each}`),
    ),
  ],
  [
    '^\\d{4}-\\d{2}(-\\d{2}(T',
    fc.oneof(drawn(DATES), drawn(['2024-05', '2024-05-06T07:08:09+08:00', '2024-05-06T00:00:00Z'])),
  ],
  ['^(?:(?:\\d\\d[2468]', drawn(DATES)],
  ['^\\d{4}-(0[1-9]', drawn(['2018-12', '2024-05'])],
  ['^\\d{4}$', drawn(['2018', '2024'])],
  ['^\\d{4}-\\d{2}(-\\d{2})?(\\/', fc.oneof(drawn(DATES), drawn(['2023-12-31/2024-01-01', '2024-05']))],
  ['^[0-9a-f]{64}$', fc.nat().map((number) => number.toString(16).padStart(64, '0'))],
  ['^[A-Z]{2}$', drawn(['CN', 'VN', 'LA'])],
  ['^(?=.*\\d)[A-Za-z0-9]', digits.map((each) => `E${each}`)],
  ['^[a-z0-9]+(-', drawn(['invented', 'invented-2024'])],
  ['^$|^(?:[0-9a-zA-Z+/]{4})', drawn(['', 'QUJD'])],
  ['^[A-Za-z0-9]+([./-]', drawn(['A-1', '12/2024'])],
  ['^(0|[1-9]\\d{0,11})', drawn(['0', '12.5', '300'])],
  ['^[a-z]{2,3}(-', drawn(['en', 'vi', 'zh-Hans'])],
  ['^\\d[\\d-]{14', drawn(['123456789012345678'])],
];

const textOf = ({ minLength = 0, maxLength = 60, ...schema }: JsonSchema, { ids }: Known): fc.Arbitrary<string> => {
  const patterns: string[] = [schema.pattern, ...(schema.allOf ?? []).map((each: JsonSchema) => each.pattern)].filter(
    Boolean,
  );
  if (schema.format === 'uuid') {
    return fc.oneof(
      { weight: 19, arbitrary: fc.nat().map((nth) => ids()[nth % ids().length] as string) },
      { weight: 1, arbitrary: fc.uuid() },
    );
  }
  const known = BY_PATTERN.find(([begins]) => patterns.some((pattern) => pattern.startsWith(begins)));
  if (known !== undefined) return known[1];
  if (schema.format === 'date-time') return drawn(['2024-05-06T07:08:09Z', '2024-05-06T07:08:09.123Z']);
  const words = WORDS.filter(({ length }) => length >= minLength && length <= maxLength);
  return fc.oneof(
    drawn(words.length > 0 ? words : ['x'.repeat(minLength)]),
    digits.map((each) => `A ${each}`.slice(0, maxLength)),
  );
};

/** Makes of the schemas of a document what values fit them, most of them at least. */
export const createValues = (document: JsonSchema, known: Known) => {
  const made = new Map<string, fc.Arbitrary<unknown>>();

  const resolved = (reference: string): fc.Arbitrary<unknown> => {
    const before = made.get(reference);
    if (before !== undefined) return before;
    const schema = reference
      .slice(2)
      .split('/')
      .reduce((node, part) => node[part], document);
    const values = valuesOf(schema);
    made.set(reference, values);
    return values;
  };

  const objectOf = ({ properties = {}, required = [], additionalProperties, propertyNames }: JsonSchema) => {
    const entries = Object.entries(properties).map(([name, schema]) => [name, valuesOf(schema)]);
    const own = fc.record(Object.fromEntries(entries), { requiredKeys: required });
    if (typeof additionalProperties !== 'object' || Object.keys(additionalProperties).length === 0) return own;
    const keys =
      propertyNames === undefined ? drawn(['1', '2', 'unknown']) : (valuesOf(propertyNames) as fc.Arbitrary<string>);
    const others = fc.dictionary(keys.map(String), valuesOf(additionalProperties), { maxKeys: 3 });
    return fc.tuple(own, others).map(([fields, more]) => ({ ...more, ...fields }));
  };

  const valuesOf = (schema: JsonSchema): fc.Arbitrary<unknown> => {
    if (schema.$ref !== undefined) return resolved(schema.$ref);
    if (schema.const !== undefined) return fc.constant(schema.const);
    if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices !== undefined) return fc.oneof(...choices.map(valuesOf));
    switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
      case 'string':
        return textOf(schema, known);
      case 'integer':
        return fc.integer({
          min: schema.minimum ?? 0,
          max: Math.min(schema.maximum ?? 100, (schema.minimum ?? 0) + 500),
        });
      case 'number':
        return fc.nat({ max: 1_000 });
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      case 'array': {
        const { minItems = 0, maxItems = 3 } = schema;
        const length = { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, 3)) };
        return fc.array(valuesOf(schema.items ?? {}), length);
      }
      case 'object':
        return objectOf(schema);
      default:
        return fc.constantFrom<unknown>({}, 'text', 1, null);
    }
  };

  return { valuesOf };
};
