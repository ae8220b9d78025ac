import { findImpossible, type Impossible, inTheFuture } from './check.ts';
import type { Event, Fields, Recorded } from './event.ts';
import { splitData } from './event-shapes.ts';
import type { History } from './fold.ts';
import { effectiveHistory, isRevising, isRevisingType, type Revising } from './history.ts';
import type { Input } from './input.ts';
import type { Context, EffectiveEvent, RecordEvent, RecordState, Rules } from './record.ts';
import { checkReferences } from './reference.ts';
import type { Refusal } from './refusal.ts';
import { fail, ok, type Result } from './result.ts';
import { statingSide } from './stated-by.ts';

type Decision = Result<readonly Event<string, Fields>[], readonly Refusal[]>;
type DataOf<Type extends Revising['type']> = Extract<Revising, { type: Type }>['data'];
/** What is looked at of a history, whatever the kind of record. */
type AnyHistory = History<unknown, EffectiveEvent>;

/** The rules of a kind of record, with the shapes that its events come in. */
type Kind<State extends RecordState, E extends EffectiveEvent> = Rules<State, E> & { readonly input: Input };
type AnyKind = Pick<Kind<never, never>, 'noun' | 'shapes' | 'presentOnly' | 'input'> & {
  readonly fixed: (event: never, changes: Fields) => Refusal | undefined;
};

/**
 * Decides what puts the record right: `corrected`, `annulled` and `recorded-late`. A side puts right what it stated itself, and
 * what would leave a history that cannot have happened is refused. A late event is refused as if it came in time.
 */
export const decideRevision = <State extends RecordState, E extends EffectiveEvent>(
  kind: Kind<State, E>,
  command: RecordEvent,
  history: History<State, E>,
  context: Context,
): Decision => {
  const parsed = kind.input.parseData(command.type, command.data, '');
  if (!parsed.ok) return parsed;
  if (history.state?.standing.state === 'annulled') {
    return fail([{ code: 'out-of-order', message: `the ${kind.noun} was annulled; open a new one`, pointer: '/type' }]);
  }
  const data = revisionData(kind, parsed.value.type, parsed.value.data, history);
  if (!data.ok) return data;
  const event = {
    type: command.type,
    occurredAt: command.occurredAt,
    statedBy: command.statedBy,
    data: data.value,
  };
  const recorded = {
    ...event,
    id: context.eventId,
    revision: history.recorded.length,
    recordedAt: context.now,
    recordedBy: context.recordedBy,
  } as unknown as Recorded<Revising>;
  const refusals = [
    ...inTheFuture(recorded, [], context.now),
    ...sameSide(recorded, history),
    ...nothingOfTheOthers(kind, recorded, history),
    ...notKept(kind, recorded, history),
    ...possible(kind, recorded, history, context),
    ...checkReferences(kind.named(command), context.others ?? []),
  ];
  return refusals.length > 0 ? fail(refusals) : ok([event]);
};

/** The data of a revision as they are stored: what is open apart from what is sealed, as the event revised has it. */
const revisionData = (
  kind: AnyKind,
  type: string,
  data: object,
  history: AnyHistory,
): Result<Record<string, unknown>, readonly Refusal[]> => {
  switch (type) {
    case 'corrected':
      return correctionData(kind, data as DataOf<'corrected'>, history);
    case 'annulled':
      return annulmentData(data as DataOf<'annulled'>, history);
    default:
      return lateData(kind, data as DataOf<'recorded-late'>, history);
  }
};

const correctionData = (kind: AnyKind, data: DataOf<'corrected'>, history: AnyHistory) => {
  const target = history.effective.find((event) => event.id === data.eventId);
  if (target === undefined) return noSuchEvent('eventId', data.eventId, history.effective);
  if (Object.keys(data.changes).length === 0 && data.occurredAt === undefined) {
    return invalid('give what is corrected in `changes` or `occurredAt`', '/data/changes');
  }
  const ofOpening = target.id === history.effective[0]?.id;
  const changes = kind.input.parseChanges(target.type, data.changes, { ofOpening });
  if (!changes.ok) return changes;
  const fixed = kind.fixed(target as never, changes.value);
  if (fixed !== undefined) return fail([fixed]);
  const { open, sealed } = splitData(kind.shapes, target.type, changes.value);
  if (changesNothing(target, data.occurredAt, open, sealed)) {
    return invalid('expected something else than what the event says already', '/data/changes');
  }
  return ok({
    ...data,
    eventType: target.type,
    changes: open,
    ...(Object.keys(sealed).length > 0 && { sealedChanges: sealed }),
  });
};

/** What is sealed is not looked into: it may be as it was. */
const changesNothing = (
  target: EffectiveEvent,
  occurredAt: string | undefined,
  open: Fields,
  sealed: object,
): boolean => {
  if (Object.keys(sealed).length > 0 || (occurredAt !== undefined && occurredAt !== target.occurredAt)) return false;
  return Object.entries(open).every(
    ([field, value]) => JSON.stringify(value) === JSON.stringify(target.data[field] ?? null),
  );
};

const annulmentData = (data: DataOf<'annulled'>, history: AnyHistory) => {
  const annulled = new Set(
    history.recorded.flatMap((event) => (isRevising(event) && event.type === 'annulled' ? [event.data.eventId] : [])),
  );
  const candidates = history.recorded.filter((event) => event.type !== 'annulled' && !annulled.has(event.id));
  return candidates.some((event) => event.id === data.eventId)
    ? ok({ ...data })
    : noSuchEvent('eventId', data.eventId, candidates);
};

const lateData = (kind: AnyKind, data: DataOf<'recorded-late'>, history: AnyHistory) => {
  if (!history.effective.some((event) => event.id === data.after))
    return noSuchEvent('after', data.after, history.effective);
  const { event } = data;
  if (isRevisingType(event.type) || kind.presentOnly.includes(event.type)) {
    const message = `${event.type} is no event of the past that was left out: record it by itself, as of now`;
    return invalid(message, '/data/event/type');
  }
  const parsed = kind.input.parseData(event.type, event.data, '/data/event');
  if (!parsed.ok) return parsed;
  const { open, sealed } = splitData(kind.shapes, parsed.value.type, parsed.value.data);
  return ok({
    ...data,
    event: { ...event, data: open },
    ...(Object.keys(sealed).length > 0 && { sealedData: sealed }),
  });
};

const invalid = (message: string, pointer: string) => fail([{ code: 'invalid', message, pointer } satisfies Refusal]);

const noSuchEvent = (
  field: string,
  id: string,
  candidates: readonly { readonly id: string; readonly type: string }[],
) =>
  fail([
    {
      code: 'no-such-event',
      message: `the history as it reads now has no event ${id}; it has ${candidates.map((event) => `${event.id} (${event.type})`).join(', ')}`,
      pointer: `/data/${field}`,
    } satisfies Refusal,
  ]);

/** A correction or an annulment is for the side whose word the event was. A late event is judged by its own row. */
const sameSide = (event: Recorded<Revising>, history: AnyHistory): readonly Refusal[] => {
  if (event.type === 'recorded-late') return [];
  const { eventId } = event.data;
  const target = history.recorded.find((earlier) => earlier.id === eventId);
  if (target === undefined || statingSide(target) === statingSide(event)) return [];
  return [
    {
      code: 'wrong-side',
      message:
        `that event is the word of ${statingSide(target)}, so this is for ${statingSide(target)} to put right; ` +
        'give `statedBy` with an office of that side and its document to record its word',
      pointer: '/statedBy',
    },
  ];
};

/** What other records rest on by now is not annulled. */
const notKept = <State extends RecordState, E extends EffectiveEvent>(
  { kept }: Kind<State, E>,
  event: Recorded<Revising>,
  { state, effective }: History<State, E>,
): readonly Refusal[] => {
  if (event.type !== 'annulled' || state === undefined) return [];
  const target = effective.find(({ id }) => id === event.data.eventId);
  const message = target && kept?.(state, target);
  return message === undefined ? [] : [{ code: 'out-of-order', message, pointer: '/data/eventId' }];
};

/** To annul the first event annuls the whole record: not over the head of the other side, where it has recorded something of it. */
const nothingOfTheOthers = ({ noun }: AnyKind, event: Recorded<Revising>, history: AnyHistory): readonly Refusal[] => {
  const [opening, ...later] = history.effective;
  if (event.type !== 'annulled' || event.data.eventId !== opening?.id) return [];
  const other = later.find(({ recordedBy }) => recordedBy.side !== event.recordedBy.side);
  if (other === undefined) return [];
  return [
    {
      code: 'wrong-side',
      message:
        `this would annul the ${noun} with what ${other.recordedBy.side} has recorded of it ` +
        `(${other.type}, event ${other.id}): that is for ${other.recordedBy.side} to annul first`,
      pointer: '/data/eventId',
    },
  ];
};

/**
 * Checks the history as it would read with the event. What is wrong with the late event itself is told as if it came in time; what
 * was so before, because it was accepted under the rules of its time, is no fault of this event.
 */
const possible = <State extends RecordState, E extends EffectiveEvent>(
  rules: Rules<State, E>,
  event: Recorded<Revising>,
  history: History<State, E>,
  { now, eventId, others = [] }: Context,
): readonly Refusal[] => {
  const before = new Set(findImpossible(rules, history.effective, now).flatMap((each) => faultsLeft(each, event)));
  const effective = effectiveHistory([...history.recorded, event] as Recorded<Revising>[]) as unknown as readonly E[];
  // Of a late event that names other records, these are looked at as they stand now.
  const naming = others.length === 0 ? undefined : { eventId, others };
  const impossible = findImpossible(rules, effective, now, naming);
  const caused = impossible.find((each) => each.refusals.some((refusal) => !before.has(faultKey(each, refusal))));
  if (caused === undefined) return [];
  const { event: broken, refusals } = caused;
  const late = broken.id === event.id;
  return refusals.map(({ code, message, pointer }) => {
    const at = pointer && pointerInRevision(event, broken.id, pointer);
    return {
      code: late ? code : 'impossible-history',
      message: late
        ? message
        : `with this, ${broken.type} of ${broken.occurredAt} (event ${broken.id}) could not have happened: ${message}`,
      ...(at && { pointer: at }),
    };
  });
};

/** What is wrong with an event, as far as a revision does not give the field at fault anew. */
const faultsLeft = (impossible: Impossible<EffectiveEvent>, revision: Recorded<Revising>): readonly string[] =>
  impossible.refusals
    .filter(({ pointer = '' }) => pointerInRevision(revision, impossible.event.id, pointer) === undefined)
    .map((refusal) => faultKey(impossible, refusal));

const faultKey = ({ event }: Impossible<EffectiveEvent>, { code, pointer = '' }: Refusal): string =>
  `${event.id} ${code} ${pointer}`;

/** Where in a revision a field of the event stands that could not have happened; undefined where that is another event. */
const pointerInRevision = (revision: Recorded<Revising>, brokenId: string, pointer: string): string | undefined => {
  if (revision.type === 'recorded-late' && brokenId === revision.id) {
    return pointer.startsWith('/statedBy') ? pointer : `/data/event${pointer}`;
  }
  if (revision.type !== 'corrected' || brokenId !== revision.data.eventId) return undefined;
  if (pointer === '/occurredAt') return revision.data.occurredAt === undefined ? undefined : '/data/occurredAt';
  const path = pointer.replace(/^\/data(?=\/)/, '');
  const field = path.split('/')[1] ?? '';
  const changes: Fields = { ...revision.data.changes, ...revision.data.sealedChanges };
  if (field in changes) return `/data/changes${path}`;
  // Particulars of an opening can stand together in one field of its event.
  const holder = Object.keys(changes).find((name) => isFields(changes[name]) && field in changes[name]);
  return holder && `/data/changes/${holder}${path}`;
};

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
