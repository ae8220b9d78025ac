import fc from 'fast-check';
import { caseStreams } from '../../domain/case/kind.ts';
import { BY_THE_LEDGER } from '../../domain/kernel/access.ts';
import type { Fields } from '../../domain/kernel/event.ts';
import { rowsFrom } from '../../domain/kernel/lifecycle.ts';
import type { Command } from '../../domain/kernel/record.ts';
import type { RegisterKind, RegisterState } from '../../domain/kernel/register.ts';
import { ministryOffice } from '../../domain/kernel/sides.ts';
import { REGISTERS } from '../../domain/stream-kinds.ts';
import { identifiedId } from '../../src/application/ids.ts';
import { createValues } from '../fuzz/schema-values.ts';
import { bodiesThatOpen, isPublic } from '../support/opened-records.ts';
import type { World } from './node.ts';
import { historyIn, idsOf, type KnownRecord, type Order, sideOf } from './orders.ts';

const MINISTRY = ministryOffice('CN');

/** Minutes are signed for cases that are ready; all others are opened with what suits whatever there is. */
const OPENED = REGISTERS.filter(({ category }) => category !== 'handover');

const THEIR_WORD = { office: ministryOffice('VN'), document: 'Note 1' };

/** In what bodies differ from the usual one: by what records are told apart, and what comes together with cases of this simulation. */
const OTHERWISE: Readonly<Record<string, ({ random }: World) => Fields>> = {
  office: ({ random }) => ({ code: `VN-04-S${random.below(6)}` }),
  request: () => ({ addressee: ministryOffice('VN') }),
  reconciliation: ({ random }) => ({
    number: `${random.below(6)}/2025`,
    period: { from: '2024-01-01', to: '2024-12-31' },
  }),
  erasure: ({ random }) =>
    random.chance(0.4) ? {} : { part: 'alias', what: random.pick(['N. V. A.', 'somebody else']) },
};

/** Opens a record of some register; undefined where there is no case that it could name. */
export const opensRegister = (world: World, known: readonly KnownRecord[]): Order | undefined => {
  const { random } = world;
  const cases = idsOf(known, caseStreams);
  if (cases.length === 0) return undefined;
  const kind = random.pick(OPENED);
  const body = bodiesThatOpen('a secret', { returning: random.pick(cases), expunged: random.pick(cases) })[
    kind.category
  ];
  const {
    occurredAt = '2024-02-01',
    statedBy,
    ...particulars
  } = {
    ...(isPublic(kind) && { statedBy: THEIR_WORD }),
    ...body,
    ...OTHERWISE[kind.category]?.(world),
  } as Fields;
  const command = { name: 'open', occurredAt, statedBy, particulars, data: {} } as Command;
  return { kind, id: identifiedId(kind, particulars) ?? random.uuid(), command, office: MINISTRY };
};

/** Data of events for which a schema alone says too little. */
const TELLING: Readonly<Record<string, Fields>> = {
  'lines-listed': { lines: [{ date: '2024-01-01', pass: 'youyi-guan' }], persons: [{ line: 0, names: ['N. V. A.'] }] },
  'lines-taken-up-again': { again: [0] },
  acknowledged: {},
};

let ids: readonly string[] = [];
const values = new Map<string, fc.Arbitrary<unknown>>();

/** Data by the schema of an event. */
const dataFor = ({ random }: World, kind: RegisterKind, type: string): Fields => {
  const telling = TELLING[type];
  if (telling !== undefined) return telling;
  const name = `${kind.category} ${type}`;
  const schema = kind.input.dataJsonSchema(type);
  const fitting = values.get(name) ?? createValues(schema, { ids: () => ids }).valuesOf(schema);
  values.set(name, fitting);
  return fc.sample(fitting, { seed: random.below(2 ** 31), numRuns: 1 })[0] as Fields;
};

/** What may come next of a record of a register, by its table; sometimes what puts something right. Undefined where there is none. */
export const goesOnWithRegister = (world: World, known: readonly KnownRecord[]): Order | undefined => {
  const { random, log } = world;
  const opened = known.filter(({ kind }) => kind !== caseStreams);
  if (opened.length === 0) return undefined;
  const { kind, id } = random.pick(opened) as { readonly kind: RegisterKind; readonly id: string };
  const history = historyIn(log, { kind, id });
  const state = history.state as RegisterState | undefined;
  const rows =
    state === undefined
      ? []
      : rowsFrom(kind.register.lifecycle, state.standing.state).filter(({ guards }) => !guards.includes(BY_THE_LEDGER));
  if (state === undefined || rows.length === 0) return undefined;
  const { event, by } = random.pick(rows);
  const own = sideOf(state.office);
  const order = (type: string, data: Fields, side: string = own): Order => {
    const statedBy = side === own ? undefined : { ...THEIR_WORD, office: ministryOffice(side as typeof own) };
    const command = { name: 'record', type, occurredAt: state.latestAt, statedBy, data } as Command;
    return { kind, id, command, office: ministryOffice(own) };
  };
  if (random.chance(0.2)) {
    const target = random.pick(history.effective);
    const eventId = target.id;
    const side = sideOf(target.statedBy?.office ?? target.recordedBy.office);
    const reason = 'it was written down wrong';
    return random.chance(0.5)
      ? order('annulled', { eventId, reason }, side)
      : order('corrected', { eventId, changes: { note: 'seen again' }, reason }, side);
  }
  ids = [...history.recorded.map((each) => each.id), ...idsOf(known, caseStreams)];
  return order(event, dataFor(world, kind, event), random.pick(kind.rules.sidesOf(state, by)));
};
