import { z } from 'zod';
import { isCaseworker, maySee } from './access.ts';
import { createClaims } from './claims.ts';
import { createDecider } from './decide.ts';
import type { Fields } from './event.ts';
import { type EventShapes, eventShape, ownFieldsOf, revisingShapes } from './event-shapes.ts';
import type { RecordedEvent } from './fold.ts';
import { identityOf } from './identity.ts';
import { openingsOf, row, statesOf } from './lifecycle.ts';
import { type Sent, sentData } from './output.ts';
import type { AnyLifecycle, DateInEvent, EffectiveEvent, OpenRecord, Rules } from './record.ts';
import { namedBy } from './reference.ts';
import type { Refusal } from './refusal.ts';
import { documentOf, documentSchemaOf, type KnownEvent } from './register-document.ts';
import { assertFieldsApart } from './register-fields.ts';
import type { Register, RegisterEvent, RegisterKind, RegisterState } from './register-table.ts';
import { fail, ok } from './result.ts';
import { refusalsOf, sayWhatIsExpected } from './shape.ts';
import { officeSchema } from './sides.ts';
import { statingOffice, statingSide } from './stated-by.ts';

export type { Register, RegisterEvent, RegisterKind, RegisterState } from './register-table.ts';

/** Events that every register has. */
const common: Readonly<Record<string, RegisterEvent>> = {
  'shared-with': { shape: eventShape({ offices: z.array(officeSchema).min(1).max(50) }, {}), effect: 'none' },
  noted: { shape: eventShape({}, {}), effect: 'none' },
};

/** Makes of the table of a register what the rest of the ledger asks of a kind of records. Throws where the table contradicts itself. */
export const createRegister = (register: Register): RegisterKind => {
  const { category, noun, opening } = register;
  const claims = claimsOf(register);
  const always = { ...common, ...claims?.events };
  const lifecycle = withRows(register.lifecycle, Object.keys(always));
  const events = withOwnFields({ ...register.events, ...always });
  const shapes: EventShapes = {
    [opening.type]: eventShape(opening.open, opening.sealed, opening.entries),
    ...Object.fromEntries(Object.entries(events).map(([type, { shape }]) => [type, shape])),
    ...revisingShapes,
  };
  const openSchema = z.strictObject({ ...opening.open, ...opening.sealed });
  const statuses = [...statesOf(lifecycle).filter((state) => state !== lifecycle.initial), 'annulled'];
  assertFieldsApart(register);

  const rules: Rules<RegisterState, EffectiveEvent> = {
    noun,
    shapes,
    opening: { types: [opening.type], fields: openSchema.shape },
    parseOpening: ({ particulars }: OpenRecord) => {
      const parsed = openSchema.safeParse(particulars, { error: sayWhatIsExpected });
      if (!parsed.success) return fail(refusalsOf(parsed.error, ''));
      const refusal = register.checkOpening?.(parsed.data);
      if (refusal !== undefined) return fail([refusal]);
      return ok({ noun, types: openingsOf(lifecycle), data: parsed.data });
    },
    particularsOf: (event) => ({
      entries: only(openSchema.shape, event.data),
      openedBy: statingOffice(event),
      openingId: event.id,
      sharedWith: letIn(register, event),
    }),
    nounOf: () => noun,
    lifecycleOf: () => lifecycle,
    sidesOf: (state, role) => (role === 'either' ? ['CN', 'VN'] : register.sidesOf(state, role)),
    guards: register.guards ?? {},
    check: (state, event) => [
      hasRoom(state, event, events[event.type], register.longestList),
      ...(claims?.check(state, event) ?? []),
      ...(register.check?.(state, event) ?? []),
    ],
    datesBefore: (event) => datesIn(event, register.datesBefore ?? []),
    effectOf: (state, event) => claims?.effectOf(state, event) ?? effectOf(state, event, events[event.type]),
    presentOnly: [],
    kept: register.kept,
    fixed: register.fixed ?? (() => undefined),
    named: (command) =>
      register.letGo?.includes(command.type ?? '') === true ? [] : namedBy(register.names ?? {}, command),
  };
  const { input, ...decider } = createDecider(rules);

  return {
    register: { ...register, lifecycle },
    category,
    rules,
    decider,
    input,
    schemaVersion: register.schemaVersion ?? 1,
    upcast: register.upcast ?? ((type, _version, open) => ({ type, open })),
    sentData: (event) => sentData(event, (ordinary) => sentOf(opening.type, openSchema, ordinary)),
    maySee: (viewer, state) => register.forEverybody === true || maySee(viewer, state),
    identity: identityOf(register),
    mayOpen: isCaseworker,
    mayRecord: (viewer, state) => isCaseworker(viewer) && maySee(viewer, state),
    openSchema,
    documentSchema: documentSchemaOf(register, statuses, events, claims?.schema),
    statuses,
    document: documentOf(register, claims?.settle),
  };
};

/** What a register has to keep claims; undefined where it has no field of which any can be made. */
const claimsOf = ({ noun, opening, claimable = [], forEverybody }: Register) => {
  if (claimable.length === 0) return undefined;
  if (forEverybody !== true) throw new Error(`claims of a ${noun} would be open, and it is not there for everybody`);
  const claims = createClaims(z.object(opening.open).pick(Object.fromEntries(claimable.map((f) => [f, true]))).shape);
  const events = Object.entries(claims.shapes).map(([type, shape]) => [type, { shape, effect: 'none' }] as const);
  return { ...claims, events: Object.fromEntries(events) as Readonly<Record<string, RegisterEvent>> };
};

const sentOf = (openingType: string, openSchema: z.ZodObject, { type, data }: RecordedEvent): Sent => {
  if (type !== openingType) return { data };
  const entries = Object.entries(data);
  const isParticular = ([field]: [string, unknown]) => Object.hasOwn(openSchema.shape, field);
  return {
    particulars: Object.fromEntries(entries.filter(isParticular)),
    data: Object.fromEntries(entries.filter((entry) => !isParticular(entry))),
  };
};

/** The office whose word opened a record is let in, where another recorded it. */
const letIn = (register: Register, { data, statedBy, recordedBy }: EffectiveEvent): readonly string[] => {
  const offices = new Set([...(statedBy === undefined ? [] : [statedBy.office]), ...register.letIn(data)]);
  offices.delete(recordedBy.office);
  return [...offices];
};

const LONGEST_LIST = 200;

const hasRoom = (
  { entries }: RegisterState,
  { type }: EffectiveEvent,
  specified: RegisterEvent | undefined,
  longest = LONGEST_LIST,
): Refusal | undefined => {
  const effect = specified?.effect;
  if (effect === undefined || typeof effect === 'string' || 'changes' in effect) return undefined;
  const { length } = (entries[effect.addsTo] ?? []) as readonly unknown[];
  if (length < longest) return undefined;
  return {
    code: 'out-of-order',
    message: `there are ${length} events ${type} already: open another record`,
    pointer: '/type',
  };
};

const withOwnFields = (events: Readonly<Record<string, RegisterEvent>>): Readonly<Record<string, KnownEvent>> =>
  Object.fromEntries(
    Object.entries(events).map(([type, event]) => [type, { ...event, fields: ownFieldsOf(event.shape) }]),
  );

/** What is allowed in whatever state a record is. */
const withRows = (lifecycle: AnyLifecycle, types: readonly string[]): AnyLifecycle => {
  const states = statesOf(lifecycle).filter((state) => state !== lifecycle.initial);
  const rows = types.map((event) => row(event, states, 'unchanged', 'either'));
  return { ...lifecycle, rows: [...lifecycle.rows, ...rows] };
};

const only = (shape: z.ZodRawShape, data: Fields): Fields =>
  Object.fromEntries(Object.entries(data).filter(([field]) => Object.hasOwn(shape, field)));

const effectOf = (
  state: RegisterState,
  event: EffectiveEvent,
  specified: KnownEvent | undefined,
): Partial<RegisterState> => {
  if (specified === undefined || specified.effect === 'none') return {};
  const data = only(specified.fields, event.data);
  if (specified.effect === 'sets') return { entries: { ...state.entries, ...data } };
  if ('changes' in specified.effect) return { entries: specified.effect.changes(state.entries, event) };
  const { addsTo } = specified.effect;
  const before = (state.entries[addsTo] ?? []) as readonly unknown[];
  const added = { eventId: event.id, occurredAt: event.occurredAt, by: statingSide(event), ...data };
  return { entries: { ...state.entries, [addsTo]: [...before, added] } };
};

const datesIn = ({ data }: EffectiveEvent, fields: readonly string[]): readonly DateInEvent[] =>
  fields.map((field) => ({ pointer: `/data/${field}`, time: data[field] as string | undefined }));
