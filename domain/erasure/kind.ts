import { z } from 'zod';
import { ERASED_PARTS } from '../case/erased-parts.ts';
import type { CaseState } from '../case/state.ts';
import { BY_THE_LEDGER } from '../kernel/access.ts';
import { byTheLedger } from '../kernel/by-the-ledger.ts';
import { idOf, oneOf } from '../kernel/codes.ts';
import type { Fields } from '../kernel/event.ts';
import { eventShape } from '../kernel/event-shapes.ts';
import { row } from '../kernel/lifecycle.ts';
import type { AnyLifecycle, EffectiveEvent, Guard } from '../kernel/record.ts';
import { invalid, missing, type Refusal } from '../kernel/refusal.ts';
import { createRegister, type RegisterEvent, type RegisterState } from '../kernel/register.ts';
import { ministryOffice } from '../kernel/sides.ts';
import { lineSchema } from '../kernel/text.ts';
import { plainDateSchema } from '../kernel/time.ts';

/** Who ordered it. */
export const ERASURE_AUTHORITIES = [
  'court',
  'procuratorate',
  'ministry',
  'data-protection',
  'retention-period',
] as const;

/** Besides the parts of a person, one line of a list. */
export const ORDERED_PARTS = [...ERASED_PARTS, 'line'] as const;
export type OrderedPart = (typeof ORDERED_PARTS)[number];

/** The kinds of records of which something can be erased, and what of each. An order names the record in the field of its kind. */
const PARTS_OF = {
  case: ERASED_PARTS,
  request: ['person'],
  reconciliation: ['person', 'line'],
} as const satisfies Readonly<Record<string, readonly OrderedPart[]>>;

type Erasable = keyof typeof PARTS_OF;

const ERASABLE = Object.keys(PARTS_OF) as readonly Erasable[];

/** What is still to be done until nobody can bring back what was erased. */
export const ERASURE_TASKS = ['key', 'key-encryption-key', 'scavenge'] as const;

/** By which the ledger says that what an order names is gone. */
export const KEY_DESTROYED = 'key-destroyed';

/** By which the ledger says that the record has nothing of what an order names, so that nothing was destroyed. */
export const NOTHING_FOUND = 'nothing-found';

const named = {
  case: idOf('a case').optional(),
  request: idOf('a request').optional(),
  reconciliation: idOf('a reconciliation').optional(),
} satisfies Readonly<Record<Erasable, z.ZodType>>;

/** The record of which something is erased: by the data of an order, or of what carries it out. */
export const erasedRecord = (data: Fields): { readonly category: Erasable; readonly id: string } | undefined =>
  ERASABLE.map((category) => ({ category, id: data[category] as string })).find(({ id }) => id !== undefined);

const opening = {
  type: 'erasure-ordered',
  open: {
    ...named,
    case: named.case.describe('The record: exactly one of `case`, `request` and `reconciliation` is given'),
    part: oneOf(ORDERED_PARTS).describe('Of a request all that is sealed goes; of a reconciliation that, or a line'),
    line: z.int().min(1).optional().describe('Of a reconciliation: the number of the line whose person goes'),
    orderedOn: plainDateSchema,
    authority: oneOf(ERASURE_AUTHORITIES),
    reference: lineSchema(60)
      .regex(/\p{N}/u, { error: 'expected the number of the order, with a digit in it' })
      .describe('Of the order, as written; it stands in the open, so it must not be a name'),
  },
  sealed: {
    what: lineSchema(200)
      .optional()
      .describe('The name, or the number of the document, as it is recorded; it is erased with what it names'),
  },
};

const events: Readonly<Record<string, RegisterEvent>> = {
  [KEY_DESTROYED]: {
    shape: eventShape(
      {
        ...named,
        destroyedKey: z.uuid(),
        wrappedUnder: lineSchema(200).describe('The key-encryption key under which copies of it may be kept'),
      },
      {},
    ),
    effect: 'sets',
  },
  [NOTHING_FOUND]: { shape: eventShape({}, {}), effect: 'none' },
  'erasure-completed': {
    shape: eventShape(
      {
        destroyedKeyEncryptionKey: lineSchema(200),
        scavenged: z
          .array(lineSchema(200))
          .min(1)
          .max(100)
          .describe('The database nodes, or the file, that were cleaned'),
      },
      {},
    ),
    effect: 'sets',
  },
};

const lifecycle: AnyLifecycle = {
  name: 'erasure',
  initial: 'not-opened',
  rows: [
    row('erasure-ordered', ['not-opened'], 'ordered', 'either', 'by-a-ministry', 'no-legal-hold', 'line-is-listed'),
    row(KEY_DESTROYED, ['ordered'], 'key-destroyed', 'either', BY_THE_LEDGER),
    row(NOTHING_FOUND, ['ordered'], NOTHING_FOUND, 'either', BY_THE_LEDGER),
    row('erasure-completed', ['key-destroyed'], 'erasure-completed', 'either', BY_THE_LEDGER),
  ],
};

const guardFunctions = {
  [BY_THE_LEDGER]: byTheLedger,

  'by-a-ministry': ({ event: { recordedBy } }) =>
    recordedBy === undefined || recordedBy.office === ministryOffice(recordedBy.side)
      ? undefined
      : missing(`what is expunged nobody can restore: that is for the ministry (${ministryOffice(recordedBy.side)})`),

  'no-legal-hold': ({ event, others = [] }) => {
    const named = others.find(({ category, id }) => category === 'case' && id === event.data?.case);
    const holds = (named?.state as CaseState | undefined)?.legalHolds ?? [];
    return holds.length === 0
      ? undefined
      : {
          code: 'unsuitable-record',
          message: `the case is under a legal hold (event ${holds.join(', ')}): it is to be lifted first`,
          pointer: '/case',
        };
  },

  'line-is-listed': ({ event: { data }, others = [] }) => {
    const list = others.find(({ category, id }) => category === 'reconciliation' && id === data?.reconciliation)?.state;
    if (list === undefined || data.line === undefined) return undefined;
    const { length } = ((list as RegisterState).entries.lines ?? []) as readonly unknown[];
    return Number(data.line) <= length
      ? undefined
      : { code: 'unsuitable-record', message: `the list has ${length} lines that are here`, pointer: '/line' };
  },
} as const satisfies Readonly<Record<string, Guard<RegisterState, EffectiveEvent>>>;

export const guards: Readonly<Record<keyof typeof guardFunctions, Guard<RegisterState, EffectiveEvent>>> =
  guardFunctions;

const oneRecord = (order: Fields): Refusal | undefined => {
  const fields = ERASABLE.filter((field) => order[field] !== undefined);
  return fields.length === 1
    ? undefined
    : invalid(`name the record, in exactly one of the fields: ${ERASABLE.join(', ')}`, `/${fields[1] ?? ERASABLE[0]}`);
};

const partSuits = (order: Fields): Refusal | undefined => {
  const category = erasedRecord(order)?.category ?? 'case';
  const parts: readonly string[] = PARTS_OF[category];
  return parts.includes(String(order.part))
    ? undefined
    : invalid(`of a ${category} it is one of: ${parts.join(', ')}`, '/part');
};

const lineSuits = ({ part, line }: Fields): Refusal | undefined => {
  if ((part === 'line') === (line !== undefined)) return undefined;
  return line === undefined
    ? invalid('say which line of the list, by its number', '/line')
    : invalid('only where the part is a line its number is given', '/line');
};

const whatSuits = ({ part, what }: Fields): Refusal | undefined => {
  if (part === 'alias' || part === 'document') {
    return what === undefined ? invalid(`say which ${part}, as it is recorded`, '/what') : undefined;
  }
  return what === undefined ? undefined : invalid(`all of the ${part} goes: leave it out`, '/what');
};

const whatStands = ({ standing: { state } }: RegisterState): string | undefined => {
  if (state === 'ordered') return undefined;
  return state === NOTHING_FOUND
    ? 'the order has come to its end: give another one, with what it names as it is recorded'
    : 'the key is destroyed, and nobody can restore it';
};

/** Nothing where nothing was found: there is nothing of which copies could be left. */
const toDoOf = ({ standing }: RegisterState): readonly (typeof ERASURE_TASKS)[number][] => {
  const done: Readonly<Record<string, number>> = { ordered: 0, 'key-destroyed': 1, 'erasure-completed': 3 };
  return ERASURE_TASKS.slice(done[standing.state] ?? ERASURE_TASKS.length);
};

/**
 * Erasures by order. Nothing that was recorded is rewritten: the key is destroyed under which it is sealed, at once and for every copy of
 * the log. Copies of the key can be left where it was wrapped, in backups and in what a database has not cleaned up yet; until those
 * are of no use any more the erasure is not complete.
 */
export const erasures = createRegister({
  category: 'erasure',
  noun: 'erasure',
  plural: 'erasures',
  opening,
  events,
  lifecycle,
  sidesOf: () => [],
  letIn: () => [],
  guards,
  checkOpening: (order) => oneRecord(order) ?? partSuits(order) ?? lineSuits(order) ?? whatSuits(order),
  fixed: () => invalid('what was erased is gone: nothing of its order is corrected', '/data/changes'),
  kept: whatStands,
  names: Object.fromEntries(ERASABLE.map((category) => [category, category])),
  letGo: [KEY_DESTROYED],
  datesBefore: ['orderedOn'],
  maySeeSealed: ({ role }) => role === 'protection',
  filters: {
    case: idOf('a case'),
    request: idOf('a request'),
    reconciliation: idOf('a reconciliation'),
    part: opening.open.part,
    authority: opening.open.authority,
    complete: z.enum(['true', 'false'], { error: 'expected true or false' }).describe('Whether nothing is left to do'),
  },
  references: (entries, state) => ({
    ...Object.fromEntries(
      ERASABLE.map((field) => [field, entries[field] === undefined ? [] : [String(entries[field])]]),
    ),
    part: [String(entries.part)],
    authority: [String(entries.authority)],
    complete: [String(toDoOf(state).length === 0)],
  }),
  derived: {
    insteadOf: [],
    fields: { toDo: z.array(z.enum(ERASURE_TASKS)).readonly().describe('Until this is done, copies may be left') },
    of: (_entries, state) => ({ toDo: toDoOf(state) }),
  },
});
