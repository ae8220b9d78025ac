import { isRevisingType } from '../kernel/history.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { findImpossible, type Impossible, inTheFuture } from './check.ts';
import type { CaseContext, RecordEvent } from './commands.ts';
import { type CaseEvent, type CaseEventOf, splitData } from './events.ts';
import { type CaseHistory, effectiveCaseHistory, type RecordedCaseEvent } from './history.ts';
import { parseChanges, parseData } from './input.ts';
import { statingSide } from './rows.ts';
import type { EffectiveCaseEvent } from './state.ts';

type Decision = Result<readonly CaseEvent[], readonly Refusal[]>;

/**
 * Decides what puts the record right: `corrected`, `annulled` and `recorded-late`. A side puts right what it stated itself, and
 * what would leave a history that cannot have happened is refused. A late event is refused as if it came in time.
 */
export const decideRevision = (command: RecordEvent, history: CaseHistory, context: CaseContext): Decision => {
  const parsed = parseData(command.type, command.data, '');
  if (!parsed.ok) return parsed;
  if (history.state?.standing.state === 'annulled') {
    return fail([{ code: 'out-of-order', message: 'the case was annulled; open a new one', pointer: '/type' }]);
  }
  const data = revisionData(parsed.value.type, parsed.value.data, history);
  if (!data.ok) return data;
  const event = {
    type: command.type,
    occurredAt: command.occurredAt,
    statedBy: command.statedBy,
    data: data.value,
  } as CaseEvent;
  const recorded = {
    ...event,
    id: context.eventId,
    revision: history.recorded.length,
    recordedAt: context.now,
    recordedBy: context.recordedBy,
  } as RecordedCaseEvent;
  const refusals = [
    ...inTheFuture(recorded, context.now),
    ...sameSide(recorded, history),
    ...possible(recorded, history, context),
  ];
  return refusals.length > 0 ? fail(refusals) : ok([event]);
};

/** Merging is a matter between two cases as they stand now: the other case is looked up only when `merged` itself is recorded. */
const isMerger = (type: string): boolean => type === 'merged' || type === 'unmerged';

/** The data of a revision as they are stored: what is open apart from what is sealed, as the event revised has it. */
const revisionData = (
  type: string,
  data: Readonly<Record<string, unknown>>,
  history: CaseHistory,
): Result<Record<string, unknown>, readonly Refusal[]> => {
  switch (type) {
    case 'corrected':
      return correctionData(data as CaseEventOf<'corrected'>['data'], history);
    case 'annulled':
      return annulmentData(data as CaseEventOf<'annulled'>['data'], history);
    default:
      return lateData(data as CaseEventOf<'recorded-late'>['data'], history);
  }
};

const correctionData = (data: CaseEventOf<'corrected'>['data'], history: CaseHistory) => {
  const target = history.effective.find((event) => event.id === data.eventId);
  if (target === undefined) return noSuchEvent('eventId', data.eventId, history.effective);
  if (Object.keys(data.changes).length === 0 && data.occurredAt === undefined) {
    return invalid('give what is corrected in `changes` or `occurredAt`', '/data/changes');
  }
  if (isMerger(target.type) && 'into' in data.changes) {
    return invalid('annul this event and merge the case anew', '/data/changes/into');
  }
  const changes = parseChanges(target, data.changes);
  if (!changes.ok) return changes;
  const { open, sealed } = changes.value;
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
  target: EffectiveCaseEvent,
  occurredAt: string | undefined,
  open: Readonly<Record<string, unknown>>,
  sealed: object,
): boolean => {
  if (Object.keys(sealed).length > 0 || (occurredAt !== undefined && occurredAt !== target.occurredAt)) return false;
  const data: Readonly<Record<string, unknown>> = target.data;
  return Object.entries(open).every(([field, value]) => JSON.stringify(value) === JSON.stringify(data[field] ?? null));
};

const annulmentData = (data: CaseEventOf<'annulled'>['data'], history: CaseHistory) => {
  const annulled = new Set(
    history.recorded.flatMap((event) => (event.type === 'annulled' ? [event.data.eventId] : [])),
  );
  const candidates = history.recorded.filter((event) => event.type !== 'annulled' && !annulled.has(event.id));
  return candidates.some((event) => event.id === data.eventId)
    ? ok({ ...data })
    : noSuchEvent('eventId', data.eventId, candidates);
};

const lateData = (data: CaseEventOf<'recorded-late'>['data'], history: CaseHistory) => {
  if (!history.effective.some((event) => event.id === data.after))
    return noSuchEvent('after', data.after, history.effective);
  const { event } = data;
  if (isRevisingType(event.type) || isMerger(event.type)) {
    const message = `${event.type} is no event of the past that was left out: record it by itself, as of now`;
    return invalid(message, '/data/event/type');
  }
  const parsed = parseData(event.type, event.data, '/data/event');
  if (!parsed.ok) return parsed;
  const { open, sealed } = splitData(parsed.value.type, parsed.value.data);
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
const sameSide = (event: RecordedCaseEvent, history: CaseHistory): readonly Refusal[] => {
  if (event.type !== 'corrected' && event.type !== 'annulled') return [];
  const target = history.recorded.find((earlier) => earlier.id === event.data.eventId);
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

/**
 * Checks the history as it would read with the event. What is wrong with the late event itself is told as if it came in time; what
 * was so before, because it was accepted under the rules of its time, is no fault of this event.
 */
const possible = (event: RecordedCaseEvent, history: CaseHistory, { now }: CaseContext): readonly Refusal[] => {
  const before = new Set(findImpossible(history.effective, now).flatMap((each) => faultsLeft(each, event)));
  const impossible = findImpossible(effectiveCaseHistory([...history.recorded, event]), now);
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
const faultsLeft = (impossible: Impossible, revision: RecordedCaseEvent): readonly string[] =>
  impossible.refusals
    .filter(({ pointer = '' }) => pointerInRevision(revision, impossible.event.id, pointer) === undefined)
    .map((refusal) => faultKey(impossible, refusal));

const faultKey = ({ event }: Impossible, { code, pointer = '' }: Refusal): string => `${event.id} ${code} ${pointer}`;

/** Where in a revision a field of the event stands that could not have happened; undefined where that is another event. */
const pointerInRevision = (revision: RecordedCaseEvent, brokenId: string, pointer: string): string | undefined => {
  if (revision.type === 'recorded-late' && brokenId === revision.id) {
    return pointer.startsWith('/statedBy') ? pointer : `/data/event${pointer}`;
  }
  if (revision.type !== 'corrected' || brokenId !== revision.data.eventId) return undefined;
  const field = pointer.replace('/data/', '');
  if (field in revision.data.changes) return `/data/changes/${field}`;
  return pointer === '/occurredAt' && revision.data.occurredAt !== undefined ? '/data/occurredAt' : undefined;
};
