import { maySeePersons, PROTECTED_KINDS } from '../case/access.ts';
import { BY_THE_LEDGER, LEDGER_ITSELF } from '../kernel/access.ts';
import type { Fields } from '../kernel/event.ts';
import { EXPUNGED, EXPUNGED_STANDS } from '../kernel/expunged.ts';
import { handoverDays } from '../kernel/handover-date.ts';
import type { EffectiveEvent, Guard } from '../kernel/record.ts';
import { invalid, type Refusal } from '../kernel/refusal.ts';
import type { RegisterState } from '../kernel/register.ts';
import { passDuring } from '../reference/border-passes.ts';
import type { CaseKind } from '../reference/case-kinds.ts';
import { type AgreedFigure, type Decision, opening, type Settlement } from './events.ts';
import { agreedFigures, countAlike } from './figures.ts';
import type { ListLine } from './lines.ts';
import type { Compared, ComparisonResult } from './results.ts';
import { type Counting, isInScope, type Scope } from './scope.ts';
import {
  ambiguousTogether,
  entriesOf,
  isToBeCompared,
  keyOf,
  keysSettled,
  openCount,
  type ReconciliationEntries,
  resultsOf,
  takenHandovers,
} from './work.ts';

type ReconciliationGuard = Guard<RegisterState, EffectiveEvent>;

export const isOfProtected = ({ kinds }: Pick<Scope, 'kinds'>): boolean =>
  kinds.some((kind) => PROTECTED_KINDS.includes(kind));

/** Victims and detained persons are never in one list with others. */
export const checkOpening = (particulars: Fields): Refusal | undefined => {
  const { kinds } = particulars as { readonly kinds: readonly CaseKind[] };
  const isMixed = isOfProtected({ kinds }) && !kinds.every((kind) => PROTECTED_KINDS.includes(kind));
  return isMixed
    ? invalid(
        `expected either victims and detained persons (${PROTECTED_KINDS.join(', ')}) or others: never in one list`,
        '/kinds',
      )
    : undefined;
};

/**
 * Whether a line is in the other book tells who the persons of a case are, so it is asked by those alone who may know them: of victims and
 * detained persons by `protection`, of all others by everybody else who works on cases.
 */
const forProtection: ReconciliationGuard = ({ state, event }) => {
  const role = event.recordedBy?.role;
  if (role === undefined || role === LEDGER_ITSELF) return undefined;
  const isProtected = isOfProtected(entriesOf(state.entries));
  if (maySeePersons({ role, office: event.recordedBy.office }, isProtected)) return undefined;
  return {
    code: 'unsuitable-record',
    message: isProtected
      ? `a reconciliation of victims or detained persons is for the role \`protection\`, not for ${role}`
      : `a reconciliation of other persons than victims and detained ones is not for the role ${role}`,
    ...(event.type === opening.type && { pointer: '/kinds' }),
  };
};

const outOfOrder = (message: string, pointer: string): Refusal => ({ code: 'out-of-order', message, pointer });

/** What the sending has in all is looked at with its first part, so that none is written by half. */
const asManyAsListed: ReconciliationGuard = ({ state, event: { data } }) => {
  if (data.lines === undefined) return undefined;
  const { listed, lines = [] } = entriesOf(state.entries);
  const sent = (data.lines as readonly unknown[]).length + Number(data.toCome ?? 0);
  if (lines.length + sent <= listed) return undefined;
  const message = `their list has ${listed} lines, of which ${lines.length} are here: ${sent} more are too many; \`listed\` can be corrected`;
  return outOfOrder(message, '/data/lines');
};

const byTheLedger: ReconciliationGuard = ({ event }) =>
  event.recordedBy?.role === LEDGER_ITSELF
    ? undefined
    : { code: 'wrong-side', message: 'is recorded by the ledger itself when it compares' };

/** Two nodes may compare; the one that comes second goes on with what the first has begun. Asked when it is recorded, and not of a history. */
const partComesNext: ReconciliationGuard = ({ state, event: { data }, others }) => {
  if (others === undefined || data.part === undefined) return undefined;
  const { underWay } = entriesOf(state.entries);
  const isNext = data.part === (underWay?.parts ?? 0) + 1 && (underWay === undefined || underWay.asOf === data.asOf);
  return isToBeCompared(state) && isNext
    ? undefined
    : outOfOrder(`part ${data.part} as of ${data.asOf} does not come next`, '/data/part');
};

const allSettled: ReconciliationGuard = ({ state }) => {
  const open = openCount(entriesOf(state.entries));
  return open === 0
    ? undefined
    : {
        code: 'out-of-order',
        message: `${open} lines are not settled yet: \`/lines?open=true\` lists them`,
        pointer: '/type',
      };
};

export const guards = {
  'for-protection': forProtection,
  'as-many-as-listed': asManyAsListed,
  [BY_THE_LEDGER]: byTheLedger,
  'part-comes-next': partComesNext,
  'all-settled': allSettled,
};

export const checkReconciliationEvent = (
  state: RegisterState,
  event: EffectiveEvent,
): readonly (Refusal | undefined)[] => {
  const entries = entriesOf(state.entries);
  switch (event.type) {
    case 'lines-listed':
      return [...linesSuit(entries, event), personsHaveLines(event)];
    case 'lines-settled':
      return settlementsSuit(entries, event);
    case 'signed-off':
      return [figuresAgree(entries, event)];
    default:
      return [];
  }
};

const MOST_FAULTS = 100;

/** Each line says what the scope leaves open, and nothing else than that. */
const linesSuit = (scope: ReconciliationEntries, { data }: EffectiveEvent): readonly Refusal[] =>
  (data.lines as readonly ListLine[])
    .flatMap((line, index) => [
      codeSuits(scope.directions, line.direction, `/data/lines/${index}/direction`),
      codeSuits(scope.kinds, line.kind, `/data/lines/${index}/kind`),
      passSuits(line, `/data/lines/${index}/pass`),
    ])
    .filter((refusal) => refusal !== undefined)
    .slice(0, MOST_FAULTS);

const codeSuits = (codes: readonly string[], code: string | undefined, pointer: string): Refusal | undefined => {
  if (code === undefined) {
    return codes.length === 1 ? undefined : invalid(`is required, as the list is of ${codes.join(' and ')}`, pointer);
  }
  return codes.includes(code) ? undefined : invalid(`the list is of ${codes.join(' and ')}`, pointer);
};

/** A pass that was not open yet is a slip of their list, which the officer is told of before anything is compared by it. */
const passSuits = ({ pass, date }: ListLine, pointer: string): Refusal | undefined => {
  if (pass === undefined) return undefined;
  const found = passDuring(pass, handoverDays(date));
  return found.ok ? undefined : { code: 'reference-not-valid', message: found.error.message, pointer };
};

/** What is sealed is there as it comes in, and not in a history. */
const personsHaveLines = ({ data }: EffectiveEvent): Refusal | undefined => {
  const { length } = data.lines as readonly unknown[];
  const wrong = ((data.persons ?? []) as readonly { readonly line: number }[]).findIndex(({ line }) => line >= length);
  return wrong < 0 ? undefined : invalid(`there are ${length} lines, from 0`, `/data/persons/${wrong}/line`);
};

/** By which decisions a result can be settled: of a line of theirs or of the two books, and of a handover of ours alone. */
const DECISIONS_FOR: Readonly<Record<ComparisonResult, readonly Decision[]>> = {
  matched: ['not-the-same'],
  conflicting: ['ours-stands', 'theirs-stands', 'explained', 'not-the-same', 'not-counted'],
  'theirs-only': ['theirs-stands', 'matched-with', 'not-counted'],
  'ours-only': ['ours-stands', 'not-counted'],
  ambiguous: ['theirs-stands', 'matched-with', 'not-counted'],
};

const decisionsFor = ({ result, theirs }: Compared): readonly Decision[] =>
  DECISIONS_FOR[result === 'ambiguous' && theirs === undefined ? 'ours-only' : result];

const settlementsSuit = (entries: ReconciliationEntries, { data }: EffectiveEvent): readonly Refusal[] => {
  const settled = data.settled as readonly Settlement[];
  const results = new Map(resultsOf(entries).map((result) => [keyOf(result), result]));
  const keys = new Set<string>();
  // What is settled anew here does not stand in its own way.
  const anew = new Set(settled.flatMap((each) => keysSettled(entries, each)));
  const others = Object.entries(entries.settlements ?? {}).filter(([key]) => !anew.has(key));
  const taken = new Set(takenHandovers({ ...entries, settlements: Object.fromEntries(others) }));
  return settled
    .flatMap((each, index): readonly Refusal[] => {
      const refusal = settlementSuits({ entries, results, keys, taken }, each, `/data/settled/${index}`);
      for (const key of keysSettled(entries, each)) keys.add(key);
      if (each.with !== undefined) taken.add(each.with);
      return refusal === undefined ? [] : [refusal];
    })
    .slice(0, MOST_FAULTS);
};

interface Known {
  readonly entries: ReconciliationEntries;
  readonly results: ReadonlyMap<string, Compared>;
  /** Of settlements earlier in the event. */
  readonly keys: ReadonlySet<string>;
  /** Handovers of ours that other lines were settled to be. */
  readonly taken: ReadonlySet<string>;
}

const WHAT_IS_SETTLED = ['theirs', 'ours', 'together'] as const;

const settlementSuits = (known: Known, settled: Settlement, pointer: string): Refusal | undefined => {
  const { entries, results, keys, taken } = known;
  const [field, ...more] = WHAT_IS_SETTLED.filter((each) => settled[each] !== undefined);
  if (field === undefined || more.length > 0) {
    return invalid(
      'expected one of `theirs`, the number of a line, `ours`, the event of a handover, and `together`, the first of several lines',
      pointer,
    );
  }
  const at = `${pointer}/${field}`;
  if (keysSettled(entries, settled).some((key) => keys.has(key))) return invalid('expected each line once', at);
  if (settled.together !== undefined) return togetherSuits(known, settled, settled.together, pointer);
  const result = results.get(keyOf(settled));
  if (result === undefined) return invalid(notThere(results, settled), at);
  if (settled.ours !== undefined && taken.has(settled.ours)) {
    return invalid('a line of theirs was settled to be this handover', at);
  }
  if (entries.settlements?.[keyOf(settled)]?.together !== undefined) {
    return invalid('this was settled together with others: annul that first', at);
  }
  const decisions = decisionsFor(result);
  if (!decisions.includes(settled.decision)) {
    return invalid(`what is ${result.result} is settled by: ${decisions.join(', ')}`, `${pointer}/decision`);
  }
  return (
    withSuits(known, result, settled, pointer) ??
    countsSuit(settled, pointer) ??
    explanationSuits(entries, result, settled, pointer)
  );
};

/** As many of theirs as of ours, which count alike, so that it makes no difference to the figure which is which. */
const togetherSuits = (
  { entries, taken }: Known,
  { decision, with: other, counts }: Settlement,
  first: number,
  pointer: string,
): Refusal | undefined => {
  const members = ambiguousTogether(entries, first);
  const [one] = members;
  if (one?.together === undefined) {
    return invalid(`no lines that are ambiguous together begin with line ${first}`, `${pointer}/together`);
  }
  if (decision !== 'matched-together' || other !== undefined || counts !== undefined) {
    return invalid('what is ambiguous together is settled by: matched-together', `${pointer}/decision`);
  }
  if (members.some((each) => isSettledByItself(entries, taken, each))) {
    return invalid('some of these were settled by themselves: settle the others so, too', `${pointer}/together`);
  }
  const theirs = members.flatMap((each) => (each.theirs === undefined ? [] : (entries.lines?.[each.theirs - 1] ?? [])));
  const ours = members.flatMap((each) => each.ours ?? []);
  const counted = (handovers: readonly Counting[]): string =>
    JSON.stringify(
      handovers.map((each) => (isInScope(entries, each) ? `${each.direction} ${each.kind}` : 'not counted')).sort(),
    );
  return ours.length === one.together.ours && counted(theirs) === counted(ours)
    ? undefined
    : invalid(
        `${theirs.length} lines of theirs and ${one.together.ours} handovers of ours do not count alike: settle each by itself`,
        `${pointer}/together`,
      );
};

const isSettledByItself = (entries: ReconciliationEntries, taken: ReadonlySet<string>, result: Compared): boolean => {
  const settled = entries.settlements?.[keyOf(result)];
  return (settled !== undefined && settled.together === undefined) || taken.has(keyOf(result));
};

/** Where a handover of ours is in a result of both books, that is settled by the line. */
const notThere = (results: ReadonlyMap<string, Compared>, { theirs, ours }: Settlement): string => {
  if (theirs !== undefined) return `their list has no line ${theirs} that was compared`;
  const pair = [...results.values()].find((each) => each.ours?.event === ours);
  return pair === undefined
    ? 'no handover of ours that was compared has this event'
    : `this handover was compared with line ${pair.theirs}: settle that`;
};

const withSuits = (
  { entries, results, taken }: Known,
  { candidates }: Compared,
  { decision, with: other }: Settlement,
  pointer: string,
): Refusal | undefined => {
  if (decision !== 'matched-with') {
    return other === undefined ? undefined : invalid('only what is `matched-with` names another', `${pointer}/with`);
  }
  if (other === undefined) return invalid('say which handover of ours it is', `${pointer}/with`);
  if (taken.has(other)) return invalid('another line of theirs was settled to be this handover', `${pointer}/with`);
  const itsResult = results.get(other);
  if (itsResult === undefined) {
    return candidates?.ours?.includes(other)
      ? undefined
      : invalid('expected the event of a handover of ours that no line is compared with', `${pointer}/with`);
  }
  return entries.settlements?.[other] === undefined
    ? undefined
    : invalid('this handover was settled by itself: annul that first', `${pointer}/with`);
};

const countsSuit = ({ decision, counts }: Settlement, pointer: string): Refusal | undefined => {
  if ((decision === 'not-the-same') === (counts !== undefined)) return undefined;
  return counts === undefined
    ? invalid('say which of the two counts: theirs, ours, both or none', `${pointer}/counts`)
    : invalid('only of what is `not-the-same` it is said which counts', `${pointer}/counts`);
};

/** What the two books count otherwise has to stand as the one or the other has it. */
const explanationSuits = (
  entries: ReconciliationEntries,
  { theirs, ours }: Compared,
  { decision }: Settlement,
  pointer: string,
): Refusal | undefined => {
  const line = theirs === undefined ? undefined : entries.lines?.[theirs - 1];
  if (decision !== 'explained' || line === undefined || ours === undefined || countAlike(entries, line, ours)) {
    return undefined;
  }
  return invalid('the two books count it otherwise: say whose stands', `${pointer}/decision`);
};

const figuresAgree = (entries: ReconciliationEntries, { data }: EffectiveEvent): Refusal | undefined => {
  const agreed = agreedFigures(entries);
  const said = data.figures as readonly AgreedFigure[];
  const textOf = ({ direction, kind, persons }: AgreedFigure) => `${persons} ${kind} ${direction}`;
  const isAgreed =
    said.length === agreed.length && agreed.every((each) => said.some((one) => textOf(one) === textOf(each)));
  return isAgreed ? undefined : invalid(`the lines make: ${agreed.map(textOf).join(', ')}`, '/data/figures');
};

const FIXED_IN_OPENING = ['number', 'period', 'directions', 'kinds'];
const WORKED_OUT = ['compared-in-part', 'compared', 'found-too-large'];

/** By what was compared, nothing else can have been compared. */
export const fixedInReconciliation = ({ type }: EffectiveEvent, changes: Fields): Refusal | undefined => {
  if (WORKED_OUT.includes(type)) {
    return invalid('what is compared is worked out by the ledger itself: let it compare anew', '/data/changes');
  }
  if (type === 'lines-listed') {
    return invalid('annul these lines before they are compared, and list them anew', '/data/changes');
  }
  if (type === EXPUNGED) return invalid(EXPUNGED_STANDS, '/data/changes');
  const field = type === opening.type ? FIXED_IN_OPENING.find((each) => each in changes) : undefined;
  return field === undefined
    ? undefined
    : invalid('annul this reconciliation, and open another one', `/data/changes/${field}`);
};

/** What others rest on. */
export const keptInReconciliation = (
  { standing, entries }: RegisterState,
  { type }: EffectiveEvent,
): string | undefined => {
  const { comparison, underWay } = entriesOf(entries);
  if (WORKED_OUT.includes(type)) return 'what is compared is worked out by the ledger itself: let it compare anew';
  if (type === EXPUNGED) return EXPUNGED_STANDS;
  if (type === 'lines-listed' && (comparison ?? underWay) !== undefined) {
    return 'these lines were compared: where the list was another one, open another reconciliation';
  }
  const isSigned = standing.state === 'signed-off' || standing.state === 'acknowledged';
  return isSigned && (type === opening.type || type === 'lines-settled')
    ? 'its figure was signed off, and may have been cited: reopen it first'
    : undefined;
};
