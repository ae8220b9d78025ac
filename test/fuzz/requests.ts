import fc from 'fast-check';
import { CASE_KINDS } from '../../domain/reference/case-kinds.ts';
import { REGISTERS } from '../../domain/stream-kinds.ts';
import { namesOf } from '../../src/routes/v1/registers/representation.ts';
import type { Headers } from '../support/app.ts';
import { EVENT_STREAM, type Operation } from './document.ts';
import { type FilledLedger, type Pool, recordsOf } from './ledger.ts';
import { nastyBody, nastyPart, nastyValue, spoilt } from './nasty.ts';
import { createValues, type JsonSchema } from './schema-values.ts';

export interface FuzzedRequest {
  readonly operation: Operation;
  readonly url: string;
  readonly headers: Headers;
  readonly payload?: string | Buffer;
}

/** What answers gave that may be sent back. */
export interface Told {
  readonly cursors: Pool;
  readonly etags: Pool;
  readonly positions: Pool;
}

const drawn = (values: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...values);

const fromPool = ({ values }: Pool): fc.Arbitrary<string> =>
  fc.nat().map((nth) => values()[nth % values().length] as string);

/** Mostly the one, sometimes the other. */
const mostly = <T>(usual: fc.Arbitrary<T>, weight: number, other: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: other });

const sometimes = (name: string, weight: number, value: fc.Arbitrary<string>): fc.Arbitrary<Headers> =>
  mostly(
    fc.constant<Headers>({}),
    weight,
    value.map((text): Headers => ({ [name]: text })),
  );

const asText = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.slice(0, 8_000).toWellFormed();
};

/** The roles whose first two offices, that of the records and its ministry, see most of what there is. */
const INSIDERS = ['recorder', 'recorder', 'liaison', 'protection'] as const;

const WRONG_TOKENS = ['', 'Bearer', 'Bearer ', 'Bearer x', 'Basic eDp4', 'Bearer a.b.c', `Bearer ${'x'.repeat(9_000)}`];

const PURPOSES = ['case-work', 'supervision; reference="2026/17"', 'curiosity', '', 'case-work; reference="\u00e9"'];

const MORE_HEADERS: readonly Headers[] = [
  { 'accept-language': 'zh' },
  { 'accept-language': 'vi, en;q=0.5' },
  { 'accept-language': '*;q=x, \u00ff' },
  { accept: 'application/json' },
  { accept: 'text/csv' },
  { accept: 'image/png' },
  { accept: ';;q=2' },
  { 'content-encoding': 'gzip' },
  { 'x-http-method-override': 'DELETE' },
  { 'x-forwarded-for': '127.0.0.1' },
  { 'x-original-url': '/v1/access-records' },
  { host: 'other.example' },
  { cookie: 'role=admin; __proto__=x' },
  { 'if-none-match': '*' },
  { range: 'bytes=0-1' },
  { expect: 'something' },
  { __proto__x: 'y' },
];

const MEDIA_TYPES = [
  'application/json; charset=utf-16',
  'text/plain',
  'application/xml',
  'text/csv',
  'application/x-ndjson',
  '',
  'x',
];

/** Values of parameters whose schemas say less than is known of them. */
const BY_NAME: Readonly<Record<string, fc.Arbitrary<string>>> = {
  year: drawn(['2024', '2018', '2026']),
  revision: drawn(['0', '1', '2', '7']),
  figure: drawn(['fugitive.handed-over.VN-CN', 'irregular-entry.handed-over.CN-VN', 'unknown']),
  list: drawn(['provinces', 'border-passes', 'retention-rules', 'unknown']),
  groupBy: drawn(['year', 'direction,kind', 'year,direction,kind,pass']),
  limit: drawn(['1', '2', '100', '500']),
  format: drawn(['json', 'csv']),
  occurredAt: drawn(['2026-01-05']),
};

const KINDS = drawn([...CASE_KINDS]);

/** Requests for an operation: some as they should be, some nearly so, some by nobody's mistake. */
export const createRequests = (document: JsonSchema, ledger: FilledLedger, told: Told) => {
  const { valuesOf } = createValues(document, { ids: ledger.ids.values });
  const categories = new Map(REGISTERS.map((kind) => [namesOf(kind).one, kind.category]));
  const wrong = fc.constantFrom<Headers>({}, ...WRONG_TOKENS.map((authorization) => ({ authorization })));
  // Without them hardly anybody would see what is asked for.
  const insiders = [...ledger.accounts.auditor, ...INSIDERS.flatMap((role) => ledger.accounts[role].slice(0, 2))];
  const anybody = fc.constantFrom(...Object.values(ledger.accounts)).chain((each) => fc.constantFrom(...each));
  const account = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...insiders) },
    { weight: 12, arbitrary: anybody },
    { weight: 1, arbitrary: wrong },
  );

  const parameterOf = (operation: Operation, { name, in: place, schema }: Operation['parameters'][number]) => {
    const known =
      /^(caseId|id|replayId)$/.test(name) && place === 'path' ? fromPool(recordsOf(ledger, operation)) : BY_NAME[name];
    if (known !== undefined) return known;
    if (name === 'cursor') return fromPool(told.cursors);
    if (name === 'after' || name.endsWith('asOf'))
      return mostly(fromPool(told.positions), 1, drawn(['2024-06-01', '2026-01-01']));
    if (name === 'kind' && schema.enum === undefined) return KINDS;
    return valuesOf(schema).map((value) => [value].flat().map(asText).join(','));
  };

  const pathOf = (operation: Operation): fc.Arbitrary<string> => {
    const parts = operation.path.split('/').map((part) => {
      const name = /^\{(\w+)\}$/.exec(part)?.[1];
      const parameter = operation.parameters.find((each) => each.name === name && each.in === 'path');
      if (parameter === undefined) return fc.constant(part);
      return mostly(parameterOf(operation, parameter).map(encodeURIComponent), 30, nastyPart);
    });
    return fc.tuple(...parts).map((each) => each.join('/'));
  };

  const queryOf = (operation: Operation): fc.Arbitrary<string> => {
    const parameters = operation.parameters.filter((each) => each.in === 'query');
    // What is always asked for there.
    const isNeeded = ({ name, required }: (typeof parameters)[number]): boolean =>
      required ||
      (name === 'kind' && /\/(events|provenance)$/.test(operation.path) && operation.path.includes('yearly/{'));
    const pairs = parameters.map((parameter) => {
      const value = mostly(parameterOf(operation, parameter), 40, nastyValue.map(asText));
      const pair = value.map((text) => [`${parameter.name}=${encodeURIComponent(text)}`]);
      return isNeeded(parameter) ? mostly(pair, 30, fc.constant([])) : mostly(fc.constant<string[]>([]), 5, pair);
    });
    const odd = drawn([
      '__proto__=x',
      'constructor[prototype]=x',
      'limit=1&limit=2',
      '%ff=%ff',
      'a'.repeat(5_000),
      '=&&=',
      'include=everything',
    ]);
    return fc
      .tuple(
        fc.tuple(...pairs),
        mostly(
          fc.constant<string[]>([]),
          60,
          odd.map((each) => [each]),
        ),
      )
      .map(([each, more]) => [...each.flat(), ...more].join('&'));
  };

  const bodyOf = ({
    operationId,
    bodies,
  }: Operation): fc.Arbitrary<{ type: string; text: string | Buffer } | undefined> => {
    if (Object.keys(bodies).length === 0) return fc.constant(undefined);
    const one = /^open(\w+)$/.exec(operationId)?.[1] ?? '';
    const corpus = ledger.bodies.get(categories.get(one) ?? operationId) ?? ledger.bodies.get('noted') ?? [];
    const fitting = fc.oneof(
      { weight: 2, arbitrary: fc.constantFrom<unknown>(...corpus) },
      { weight: 2, arbitrary: valuesOf(bodies['application/json']) },
    );
    const nearly = fc
      .tuple(fitting, fc.nat(), fc.nat(), nastyValue)
      .map(([value, place, how, nasty]) => spoilt(value, place, how, nasty));
    const json = mostly(fitting, 2, nearly).map((value) => JSON.stringify(value) ?? 'null');
    const asJson = mostly<string | Buffer>(json, 15, nastyBody).map((text) => ({ type: 'application/json', text }));
    const others = Object.keys(bodies).filter((type) => type !== 'application/json');
    if (others.length === 0)
      return mostly(
        asJson,
        40,
        drawn(MEDIA_TYPES).map((type) => ({ type, text: '{}' })),
      );
    const lines = fc.constantFrom<string | Buffer>(
      'date;pass\n8/8/2024;Móng Cái\n',
      'names,date\n"N. V. A.",2025-03-02',
      '{"date":"2025-03-02"}\n',
      '"',
      'a,b\n"c',
      '\u0000,\n',
    );
    return fc.oneof(
      asJson,
      fc.tuple(drawn(others), fc.oneof(lines, nastyBody)).map(([type, text]) => ({ type, text })),
    );
  };

  /** The feed, half of the time as events that go on. */
  const formOf = ({ responses }: Operation): fc.Arbitrary<Headers> => {
    if (responses[200]?.content?.[EVENT_STREAM] === undefined) return fc.constant({});
    const lastSeen = mostly(fromPool(told.positions), 4, drawn(['x', '-1', '', '\u0000;DROP']));
    return mostly(
      fc.constant<Headers>({}),
      1,
      sometimes('last-event-id', 2, lastSeen).map((headers): Headers => ({ accept: EVENT_STREAM, ...headers })),
    );
  };

  const headersOf = (operation: Operation): fc.Arbitrary<Headers> => {
    const { method } = operation;
    const key = mostly(fc.uuid(), 12, drawn(['again', 'again-2', '', 'x'.repeat(201), 'two words']));
    return fc
      .tuple(
        account,
        mostly(
          fc.constant<Headers>({ 'access-purpose': 'case-work' }),
          2,
          drawn(PURPOSES).map((purpose): Headers => ({ 'access-purpose': purpose })),
        ),
        mostly(fc.constant<Headers>({}), 6, fc.constantFrom(...MORE_HEADERS)),
        method === 'POST' ? key.map((text): Headers => ({ 'idempotency-key': text })) : fc.constant<Headers>({}),
        sometimes(
          'if-match',
          method === 'POST' ? 3 : 30,
          mostly(fromPool(told.etags), 6, drawn(['*', '"x"', 'W/"0"', '"', '0'])),
        ),
        sometimes('if-none-match', 15, fromPool(told.etags)),
        formOf(operation),
        sometimes('min-event-position', 40, mostly(fromPool(told.positions), 4, drawn(['x', '-1', '']))),
      )
      .map((parts) => Object.assign({}, ...parts) as Headers);
  };

  const made = new Map<string, fc.Arbitrary<FuzzedRequest>>();
  return (operation: Operation): fc.Arbitrary<FuzzedRequest> => {
    const known = made.get(operation.operationId);
    if (known !== undefined) return known;
    const requests = fc.tuple(pathOf(operation), queryOf(operation), headersOf(operation), bodyOf(operation)).map(
      ([path, query, headers, body]): FuzzedRequest => ({
        operation,
        url: query === '' ? path : `${path}?${query}`,
        headers: { ...headers, ...(body && body.type !== '' && { 'content-type': body.type }) },
        ...(body && { payload: body.text }),
      }),
    );
    made.set(operation.operationId, requests);
    return requests;
  };
};
