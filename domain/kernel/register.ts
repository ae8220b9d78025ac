import { z } from 'zod';
import { isCaseworker, maySee, type Viewer } from './access.ts';
import { type Claims, createClaims } from './claims.ts';
import { createDecider } from './decide.ts';
import type { Fields } from './event.ts';
import {
  type EntriesOfOthers,
  type EventShape,
  type EventShapes,
  eventShape,
  ownFieldsOf,
  revisingShapes,
} from './event-shapes.ts';
import type { RecordedEvent } from './fold.ts';
import type { Input } from './input.ts';
import { openingsOf, statesOf } from './lifecycle.ts';
import { type Sent, sentData } from './output.ts';
import type { AnyLifecycle, DateInEvent, EffectiveEvent, Guard, OpenRecord, RecordState, Rules } from './record.ts';
import { type NamingFields, namedBy } from './reference.ts';
import type { Refusal } from './refusal.ts';
import { fail, ok } from './result.ts';
import { refusalsOf, sayWhatIsExpected } from './shape.ts';
import { officeSchema, type Side, sideSchema } from './sides.ts';
import { statingOffice, statingSide } from './stated-by.ts';
import type { StreamKind } from './stream-kind.ts';
import { occurredAtSchema } from './time.ts';

/**
 * A register is a kind of records of which the ledger keeps what they were opened with, what later events set anew, and what they add
 * to lists. It is described by a table; rules, shapes, documents and routes are made from it.
 */
export interface Register {
  /** Its streams are `<category>-<id>`. */
  readonly category: string;
  /** What one of them is called in sentences, and several. */
  readonly noun: string;
  readonly plural: string;
  /** Where they are, after `/v1/`, and where the list of them is; left out: by the plural. */
  readonly path?: string;
  readonly listPath?: string;
  /** What it is opened with: open fields, which lists are filtered by, and sealed ones. */
  readonly opening: {
    readonly type: string;
    readonly open: z.ZodRawShape;
    readonly sealed: z.ZodRawShape;
    readonly entries?: EntriesOfOthers;
  };
  /** The events that may follow, by their stored names. */
  readonly events: Readonly<Record<string, RegisterEvent>>;
  readonly lifecycle: AnyLifecycle;
  /** The sides that a role of the table means, besides `either`. */
  readonly sidesOf: (state: RegisterState, role: string) => readonly Side[];
  /** Its records are there for everybody with an account; the offices of a record are then those that write it. Left out: for its offices alone. */
  readonly forEverybody?: true;
  /** The offices that are let in by the opening, besides the one that opens it. */
  readonly letIn: (opening: Fields) => readonly string[];
  readonly guards?: Readonly<Record<string, Guard<RegisterState, EffectiveEvent>>>;
  /** What else must hold of what one is opened with, as it is sent; undefined where it does. */
  readonly checkOpening?: (particulars: Fields) => Refusal | undefined;
  /** Why a record may not be annulled as a whole any more; see `Rules`. */
  readonly kept?: (state: RegisterState) => string | undefined;
  /** Why a correction may not change a field: `changes` as they are sent, to an event of which only the open fields are known. */
  readonly fixed?: (event: EffectiveEvent, changes: Fields) => Refusal | undefined;
  /** What else must hold of an event; only its open fields are always there. */
  readonly check?: (state: RegisterState, event: EffectiveEvent) => readonly (Refusal | undefined)[];
  /** Whether one who works on records and sees this one may read what is sealed of it. */
  readonly maySeeSealed: (viewer: Viewer, entries: Fields) => boolean;
  /** How many events can be added to each of its lists, which are shown whole with their record. Left out: 200. */
  readonly longestList?: number;
  /** Version of the shapes in which its events are stored, from 1, and how earlier ones are lifted; see `StreamKind`. */
  readonly schemaVersion?: number;
  readonly upcast?: StreamKind<RegisterState, EffectiveEvent>['upcast'];
  /** Fields with ids of other records, which must be there. */
  readonly names?: NamingFields;
  /** Events that let go of what they name: it need not be there any more. */
  readonly letGo?: readonly string[];
  /** Fields of events with the date of something that had been done when the event happened. */
  readonly datesBefore?: readonly string[];
  /** What lists are filtered by besides the status: each with the values that can be asked for ... */
  readonly filters: Readonly<Record<string, z.ZodType<string, string>>>;
  /** ... and with those that a record has. */
  readonly references: (entries: Fields, state: RegisterState) => Readonly<Record<string, readonly string[]>>;
  /** What documents show that is worked out from the entries. */
  readonly derived?: Derived;
  /** Fields of the opening of which sources may differ; see claims.ts. Claims are there for everybody, as their records must be. */
  readonly claimable?: readonly string[];
}

/** What a document shows that follows from its entries: it is worked out when the document is made, and stored nowhere else. */
export interface Derived {
  readonly fields: z.ZodRawShape;
  readonly of: (entries: Fields, state: RegisterState) => Fields;
  /** Entries that `fields` tell in a better way, and that are not shown themselves. */
  readonly insteadOf: readonly string[];
}

export interface RegisterEvent {
  readonly shape: EventShape;
  readonly effect: Effect;
}

/** What becomes of the fields of an event: they take the place of earlier ones, are added to a list, or change entries in a way of their own. */
export type Effect =
  | 'none'
  | 'sets'
  | { readonly addsTo: string }
  | { readonly changes: (entries: Fields, event: EffectiveEvent) => Fields };

export interface RegisterState extends RecordState {
  readonly entries: Fields;
  /** The office whose word opened it; the one that recorded it unless another stated it. */
  readonly openedBy: string;
  /** The event that opened it. */
  readonly openingId: string;
  readonly claims?: Claims | undefined;
}

/** A register with what is made from its table. */
export interface RegisterKind extends StreamKind<RegisterState, EffectiveEvent> {
  readonly register: Register;
  readonly input: Input;
  /** What one is opened with, as it is to be sent. */
  readonly openSchema: z.ZodObject;
  readonly documentSchema: z.ZodObject;
  /** Every status in which one can be seen. */
  readonly statuses: readonly string[];
  /** A record as it is shown; of what is sealed only what the state was folded from. */
  readonly document: (id: string, revision: number, state: RegisterState) => Fields;
}

/** Events that every register has. */
const common: Readonly<Record<string, RegisterEvent>> = {
  'shared-with': { shape: eventShape({ offices: z.array(officeSchema).min(1).max(50) }, {}), effect: 'none' },
  noted: { shape: eventShape({}, {}), effect: 'none' },
};

export const createRegister = (register: Register): RegisterKind => {
  const { category, noun, opening, derived } = register;
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
    mayOpen: isCaseworker,
    mayRecord: (viewer, state) => isCaseworker(viewer) && maySee(viewer, state),
    openSchema,
    documentSchema: documentSchemaOf(register, statuses, events, claims?.schema),
    statuses,
    document: (id, revision, state) => ({
      id,
      revision,
      status: state.standing.state,
      since: state.since,
      openedAt: state.openedAt,
      openedBy: state.openedBy,
      office: state.office,
      sharedWith: state.sharedWith,
      ...without(claims?.settle(state) ?? state.entries, derived?.insteadOf ?? []),
      ...derived?.of(state.entries, state),
    }),
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

/** An event of a table with the fields that are its own. */
interface KnownEvent extends RegisterEvent {
  readonly fields: z.ZodRawShape;
}

const withOwnFields = (events: Readonly<Record<string, RegisterEvent>>): Readonly<Record<string, KnownEvent>> =>
  Object.fromEntries(
    Object.entries(events).map(([type, event]) => [type, { ...event, fields: ownFieldsOf(event.shape) }]),
  );

/** What is allowed in whatever state a record is. */
const withRows = (lifecycle: AnyLifecycle, types: readonly string[]): AnyLifecycle => {
  const states = statesOf(lifecycle).filter((state) => state !== lifecycle.initial);
  const rows = types.map((event) => ({ event, from: states, to: 'unchanged', by: 'either', guards: [] }));
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

const optional = (shape: z.ZodRawShape): z.ZodRawShape => z.object(shape).partial().shape;

const without = <Some extends Fields>(fields: Some, names: readonly string[]): Some =>
  Object.fromEntries(Object.entries(fields).filter(([field]) => !names.includes(field))) as Some;

const documentSchemaOf = (
  { opening, derived }: Register,
  statuses: readonly string[],
  events: Readonly<Record<string, KnownEvent>>,
  claims: z.ZodRawShape = {},
): z.ZodObject => {
  const later: Record<string, z.ZodType> = {};
  for (const { shape, fields, effect } of Object.values(events)) {
    if (effect === 'sets') Object.assign(later, optional(fields));
    else if (effect !== 'none' && 'addsTo' in effect) {
      const entry = z.strictObject({
        eventId: z.uuid(),
        occurredAt: occurredAtSchema,
        by: sideSchema,
        ...shape.open.shape,
        ...optional(ownFieldsOf({ open: z.strictObject({}), sealed: shape.sealed })),
      });
      later[effect.addsTo] = z.array(entry).readonly().optional();
    }
  }
  return z.strictObject({
    id: z.uuid(),
    revision: z.int().min(0).describe('Number of the last event that is taken into account; the first has 0'),
    status: z.enum(statuses as [string, ...string[]]),
    since: occurredAtSchema.describe('When what gave it its status happened'),
    openedAt: occurredAtSchema,
    openedBy: officeSchema.describe('The office whose word opened it'),
    office: officeSchema.describe('The office that recorded that'),
    sharedWith: z.array(officeSchema).readonly(),
    ...without(later, derived?.insteadOf ?? []),
    ...optional(opening.sealed),
    ...without(opening.open, derived?.insteadOf ?? []),
    ...claims,
    ...derived?.fields,
  } as z.ZodRawShape);
};

/** Fields of a document, of a command and of an entry in a list that no table may use. */
const RESERVED =
  'id revision status since openedAt openedBy office sharedWith claims disputed links type data occurredAt statedBy eventId by'.split(
    ' ',
  );

/** Throws where two events would set one field in two meanings, or a field has the name of something else. */
const assertFieldsApart = ({ noun, opening, events, derived, claimable = [] }: Register): void => {
  const owners = new Map(Object.keys({ ...opening.open, ...opening.sealed }).map((field) => [field, opening.type]));
  const claim = (field: string, owner: string, mayBeSetAnew: boolean): void => {
    if (RESERVED.includes(field)) throw new Error(`${noun}: ${owner} cannot have a field ${field}`);
    const other = owners.get(field);
    if (other !== undefined && other !== owner && !(mayBeSetAnew && other === opening.type)) {
      throw new Error(`${noun}: both ${other} and ${owner} have the field ${field}`);
    }
    owners.set(field, other ?? owner);
  };
  for (const field of owners.keys()) claim(field, opening.type, false);
  for (const [type, { shape, effect }] of Object.entries(events)) {
    if (effect === 'sets') {
      for (const field of Object.keys(ownFieldsOf(shape))) claim(field, type, !claimable.includes(field));
    } else if (effect !== 'none' && 'addsTo' in effect) claim(effect.addsTo, type, false);
  }
  for (const field of Object.keys(derived?.fields ?? {})) claim(field, 'what is derived', false);
};
