import fc from 'fast-check';
import t from 'tap';
import type { z } from 'zod';
import { caseStreams } from '../../../domain/case/kind.ts';
import { FREE_TEXTS, WHOLE_NAMES, withoutText } from '../../../domain/erasure/free-text.ts';
import { withoutPart } from '../../../domain/erasure/without-part.ts';
import { handovers } from '../../../domain/handover/kind.ts';
import type { EventShape } from '../../../domain/kernel/event-shapes.ts';
import { reconciliations } from '../../../domain/reconciliation/kind.ts';

/** Of each field that holds text: whether a person writes it in words of their own, so that white space around it is cut off. */
const fieldsIn = (schema: z.core.$ZodType, field = ''): readonly (readonly [field: string, isWritten: boolean])[] => {
  const { def } = schema._zod as unknown as { readonly def: Definition };
  if (def.shape !== undefined) return Object.entries(def.shape).flatMap(([name, each]) => fieldsIn(each, name));
  if (def.options !== undefined) return def.options.flatMap((option) => fieldsIn(option, field));
  const inner = def.innerType ?? def.element ?? def.in;
  if (inner !== undefined) return fieldsIn(inner, field);
  if (!['string', 'enum', 'literal'].includes(def.type)) return [];
  const isTrimmed = def.checks?.some(({ _zod }) => _zod.def.check === 'overwrite') === true;
  return [[field, def.type === 'string' && def.format === undefined && isTrimmed]];
};

interface Definition {
  readonly type: string;
  readonly format?: string;
  readonly checks?: readonly { readonly _zod: { readonly def: { readonly check: string } } }[];
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly options?: readonly z.core.$ZodType[];
  readonly innerType?: z.core.$ZodType;
  readonly element?: z.core.$ZodType;
  readonly in?: z.core.$ZodType;
}

const sealedFields = [caseStreams, reconciliations].flatMap(({ rules }) =>
  Object.values(rules.shapes as Readonly<Record<string, EventShape>>).flatMap(({ sealed }) => fieldsIn(sealed)),
);
const linesOfMinutes = Object.values(handovers.rules.shapes as Readonly<Record<string, EventShape>>).flatMap(
  ({ open, entries }) => (entries ? fieldsIn(open).filter(([field]) => entries.sealed.includes(field)) : []),
);
const fields = [...sealedFields, ...linesOfMinutes];

t.test('what a person writes can hold a name, and codes, dates and ids cannot', async (t) => {
  t.ok(fields.length > 100);
  const isKnown = (field: string) => FREE_TEXTS.has(field) || WHOLE_NAMES.has(field);
  // Of an article it is checked that it is no name.
  const written = fields.filter(([field, isWritten]) => isWritten && field !== 'nationalArticle');
  for (const [field] of written) t.ok(isKnown(field), field);
  for (const field of [...FREE_TEXTS, ...WHOLE_NAMES])
    t.ok(
      written.some(([name]) => name === field),
      field,
    );
  // The office of a signatory is in words; the one whose word an event is has a code.
  for (const [field, isWritten] of fields) if (!isWritten && field !== 'office') t.notOk(isKnown(field), field);
});

const ID = '0a1b2c3d-0000-4000-8000-000000000012';

const CODED = {
  data: {
    person: {
      names: [{ text: 'Hans Minh', script: 'Hans', role: 'native' }],
      birthDate: { date: '1985-03-12' },
      nationalityClaimed: 'VN',
      documents: [{ type: 'passport', number: 'X123456', issuedBy: 'CN' }],
      relatives: [{ name: 'Hans Minh' }],
    },
    as: {
      kind: 'trafficking-victim',
      warrant: { kind: 'warrant', issuedOn: '2024-01-12' },
      offences: [{ iccs: '0401', nationalArticle: 'art. 12' }],
      statedBy: { office: 'VN-04-BLO' },
    },
    otherCase: ID,
    caseNumbers: [{ side: 'CN', number: 'CN 12/2024' }],
  },
};

/** All parts of what is coded, such as `Hans`, `2024`, `12` or `CN`. */
const pieces = [
  ...new Set(
    JSON.stringify(CODED)
      .match(/[\p{L}\p{N}]+/gu)
      ?.flatMap((word) => [word, word.slice(0, 3), word.slice(-2)]),
  ),
];

t.test('codes, dates, ids and longer names stay, whatever is erased', async () => {
  fc.assert(
    fc.property(fc.constantFrom(...pieces), fc.constantFrom('alias', 'document'), (what, part) => {
      // The whole number is what is erased.
      if (what === 'X123456') return;
      assertSame(withoutPart(CODED, part as 'alias', what), CODED);
    }),
  );
});

t.test('a text of which nothing is taken stays to the letter', async () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ minLength: 1 }), (note, what) => {
      const { note: left } = withoutPart({ note }, 'alias', what);
      if (!note.normalize().includes(what.normalize())) assertSame(left, note);
    }),
  );
});

const assertSame = (found: unknown, wanted: unknown): void => {
  if (JSON.stringify(found) !== JSON.stringify(wanted)) throw new Error(JSON.stringify(found));
};

t.test('a name goes out of a text where it stands by itself', async (t) => {
  for (const [text, what, left] of [
    ['Han was with Hans, (Han) and Chan.', 'Han', '[expunged] was with Hans, ([expunged]) and Chan.'],
    ['nhà của Thị Ẩn và Thị Ẩnh', 'Thị Ẩn', 'nhà của [expunged] và Thị Ẩnh'],
    ['với Ẩn'.normalize('NFD'), 'Ẩn', 'với [expunged]'],
    ['T. N. A. and T. N. A.', 'T. N. A.', '[expunged] and [expunged]'],
    // Chinese puts nothing between words, nor between them and those of another script.
    ['嫌疑人张伟在凭祥', '张伟', '嫌疑人[expunged]在凭祥'],
    ['绰号Han的人', 'Han', '绰号[expunged]的人'],
    ['明天叫“明”的人', '明', '明天叫“[expunged]”的人'],
    // A number is another one where it goes on.
    ['X123, X1234 and AX123', 'X123', '[expunged], X1234 and AX123'],
    ['12 of 2024-03-12, 12/03/2024 and no. 12', '12', '[expunged] of 2024-03-12, 12/03/2024 and no. [expunged]'],
    ['a+b is $& here', 'a+b', '[expunged] is $& here'],
  ] as const) {
    t.equal(withoutText(text, what), left);
  }
});

t.test('and out of every field that is written', async (t) => {
  const data = {
    data: {
      person: { names: [{ text: 'Han' }, { text: 'Han Minh', source: 'a letter of Han' }], residence: 'with Han' },
      minutes: { signatories: [{ side: 'CN', name: 'Han', office: 'of Han' }] },
      as: { statedBy: { office: 'Han', document: 'Han 1' } },
      sealedChanges: { note: 'Han' },
    },
    document: 'letter of Han',
  };
  t.same(withoutPart(data, 'alias', 'Han'), {
    data: {
      person: {
        names: [{ text: 'Han Minh', source: 'a letter of [expunged]' }],
        residence: 'with [expunged]',
      },
      minutes: { signatories: [{ side: 'CN', name: '[expunged]', office: 'of [expunged]' }] },
      as: { statedBy: { office: 'Han', document: '[expunged] 1' } },
      sealedChanges: { note: '[expunged]' },
    },
    document: 'letter of [expunged]',
  });
});
