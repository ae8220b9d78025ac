import { mayOpen, PROTECTED_KINDS } from '../case/access.ts';
import type { CaseState } from '../case/state.ts';
import { BY_THE_LEDGER, LEDGER_ITSELF } from '../kernel/access.ts';
import { byTheLedger } from '../kernel/by-the-ledger.ts';
import type { Fields } from '../kernel/event.ts';
import { handoverDays, spanOfHandover } from '../kernel/handover-date.ts';
import type { EffectiveEvent, Guard } from '../kernel/record.ts';
import { invalid, type Refusal } from '../kernel/refusal.ts';
import type { RegisterState } from '../kernel/register.ts';
import { officeSide } from '../kernel/sides.ts';
import { statingSide } from '../kernel/stated-by.ts';
import { daysOfOccurrence, overlap, spanOf } from '../kernel/time.ts';
import { passDuring } from '../reference/border-passes.ts';
import { LINE_TASKS, opening, type SettledLine } from './events.ts';
import { type MinutesLine, type Totals, totalsOf } from './lines.ts';
import { type LineTask, linesOf, openLines } from './work.ts';

/** What must hold of minutes as they are sent, with all that is said of each person. */
export const checkMinutes = (particulars: Fields): Refusal | undefined => {
  const { lines, totals } = particulars as { readonly lines: readonly MinutesLine[]; readonly totals: Totals };
  return eachOnce(lines) ?? causesGiven(lines) ?? totalsAgree(totals, totalsOf(lines));
};

const eachOnce = (lines: readonly MinutesLine[]): Refusal | undefined => {
  const seen = new Map<string, number>();
  for (const [index, line] of lines.entries()) {
    const first = seen.get(line.case);
    if (first !== undefined) return invalid(`this case stands in line ${first} already`, `/lines/${index}/case`);
    seen.set(line.case, index);
  }
  return undefined;
};

const causesGiven = (lines: readonly MinutesLine[]): Refusal | undefined => {
  const wrong = lines.findIndex(({ outcome, cause }) => (outcome === 'refused') !== (cause !== undefined));
  if (wrong < 0) return undefined;
  return lines[wrong]?.outcome === 'refused'
    ? invalid('say why the person was refused', `/lines/${wrong}/cause`)
    : invalid('only who was refused has a cause', `/lines/${wrong}/cause`);
};

/** The groups of the totals, each held against the list. */
const totalsAgree = (said: Totals, counted: Totals): Refusal | undefined => {
  if (said.persons !== counted.persons) {
    return invalid(`the list has ${counted.persons} persons who were handed over`, '/totals/persons');
  }
  for (const group of ['bySex', 'byAgeBand', 'byHomeLocality'] as const) {
    const [a, b] = [said[group], counted[group]] as [Record<string, number>, Record<string, number>];
    const key = [...Object.keys(a), ...Object.keys(b)].find((each) => (a[each] ?? 0) !== (b[each] ?? 0));
    if (key !== undefined) return invalid(`the list has ${b[key] ?? 0} of ${key}`, `/totals/${group}/${key}`);
  }
  return undefined;
};

/** Corrections would leave what stands in the cases as it is, so what stands there is corrected there. */
const NOT_CORRECTED = ['lines', 'totals', 'number', 'handoverDate', 'pass', 'deliveringParty', 'protected'];

const WORKED_OUT = 'what came of the lines is worked out by the ledger itself: what is wrong is put right in the case';
const WORD_NOT_CORRECTED = ['inOwnBook', 'differing', 'theirNumber'];

export const fixedInMinutes = ({ type }: EffectiveEvent, changes: Fields): Refusal | undefined => {
  if (type === 'lines-settled') return invalid(WORKED_OUT, '/data/changes');
  const fieldOf = (event: string, fields: readonly string[]) =>
    type === event ? fields.find((each) => each in changes) : undefined;
  const field = fieldOf(opening.type, NOT_CORRECTED);
  if (field !== undefined) {
    return invalid(
      'stands in the events of the cases as well: correct it there; minutes of which nothing is recorded yet can be annulled',
      `/data/changes/${field}`,
    );
  }
  const ofWord = fieldOf('acknowledged', WORD_NOT_CORRECTED);
  return ofWord === undefined
    ? undefined
    : invalid(
        'stands in the events of the cases as well: annul the acknowledgement and give it anew',
        `/data/changes/${ofWord}`,
      );
};

type MinutesGuard = Guard<RegisterState, EffectiveEvent>;

/** Cases that minutes can name: of the side that delivers, for the officer to record, and victims apart from all others. */
const suitableCases: MinutesGuard = ({ state, event, others }) => {
  if (others === undefined) return undefined;
  const cases = new Map(others.map((other) => [other.id, other.state as CaseState | undefined]));
  const { deliveringParty, protected: isProtected = false } = state.entries;
  for (const [index, line] of linesOf(state.entries).entries()) {
    const itsCase = cases.get(line.case);
    if (itsCase === undefined) continue;
    if (isChild(line as Partial<MinutesLine>) && !itsCase.minor) {
      return invalid(
        'that case says that the person is no minor: correct the one or the other',
        `/lines/${index}/ageBand`,
      );
    }
    const fault = faultOf(itsCase, deliveringParty, isProtected, event.recordedBy);
    if (fault !== undefined) return { code: 'unsuitable-record', message: fault, pointer: `/lines/${index}/case` };
  }
  return undefined;
};

/** In the minutes as they are signed, where what is a person's is seen. */
const isChild = (line: Partial<Pick<MinutesLine, 'ageBand'>>): boolean =>
  line.ageBand === '0-13' || line.ageBand === '14-17';

const faultOf = (
  { kind, direction, deliveringParty }: CaseState,
  delivering: unknown,
  isProtected: unknown,
  recorder: EffectiveEvent['recordedBy'],
): string | undefined => {
  if (deliveringParty !== delivering) return `that case runs ${direction}: ${deliveringParty} delivers the person`;
  if (recorder.role !== LEDGER_ITSELF && !mayOpen(recorder as never, kind)) {
    return `a ${kind} case is not for the role ${recorder.role} to record`;
  }
  if (PROTECTED_KINDS.includes(kind) === isProtected) return undefined;
  return isProtected
    ? `${kind} is no case of a victim or a detained person: such are never in one list with others`
    : `a ${kind} case is protected: it stands in minutes of its own, with \`protected\``;
};

/** Two nodes may work off one line; what the first has settled stands. Asked when it is recorded, and not of a history. */
const linesAreOpen: MinutesGuard = ({ state, event: { data }, others }) => {
  if (others === undefined || data.settled === undefined) return undefined;
  const { task, settled } = data as unknown as { readonly task: LineTask; readonly settled: readonly SettledLine[] };
  const open = new Set(openLines(state).flatMap((each) => (each.task === task ? [each.line] : [])));
  const wrong = settled.findIndex(({ line }) => !open.has(line));
  return wrong < 0
    ? undefined
    : outOfOrder(`line ${settled[wrong]?.line} does not wait for its ${task}`, `/data/settled/${wrong}/line`);
};

const linesFailed: MinutesGuard = ({ state, event: { data }, others }) => {
  if (others === undefined || data.again === undefined) return undefined;
  const lines = linesOf(state.entries);
  const again = data.again as readonly number[];
  for (const [place, index] of again.entries()) {
    const line = lines[index];
    const pointer = `/data/again/${place}`;
    if (line === undefined)
      return outOfOrder(`there is no line ${index}: the last one is ${lines.length - 1}`, pointer);
    if (line.handover === undefined) return outOfOrder(`line ${index} is being worked off`, pointer);
    if (LINE_TASKS.every((task) => line[task]?.result !== 'could-not-be')) {
      return outOfOrder(`line ${index} was recorded in its case`, pointer);
    }
  }
  return undefined;
};

const outOfOrder = (message: string, pointer: string): Refusal => ({ code: 'out-of-order', message, pointer });

export const guards = {
  'suitable-cases': suitableCases,
  [BY_THE_LEDGER]: byTheLedger,
  'lines-are-open': linesAreOpen,
  'lines-failed': linesFailed,
};

/**
 * Minutes that were carried out stand: what is wrong with a handover is put right in its case. An acknowledgement is annulled when it is
 * told of every line whether its word stands in the case, so that none stays there.
 */
export const keptMinutes = (state: RegisterState, { type }: EffectiveEvent): string | undefined => {
  const { entries } = state;
  if (type === 'acknowledged') {
    const open = openLines(state).length;
    return open === 0 ? undefined : `${open} of its lines are still being worked off: annul it when that is done`;
  }
  if (type === 'lines-settled') return WORKED_OUT;
  if (type !== opening.type) return undefined;
  const recorded = linesOf(entries).filter(({ handover }) => handover?.result === 'recorded').length;
  return recorded === 0
    ? undefined
    : `${recorded} of its lines are recorded in their cases; correct or annul them there: \`/lines\` names the events`;
};

/** What must hold of an event of minutes that are signed. */
export const checkMinutesEvent = (state: RegisterState, event: EffectiveEvent): readonly (Refusal | undefined)[] => [
  passValid(event),
  handoverOnItsDay(event),
  counterpartIsOther(event),
  disputedStandInLines(state, event),
];

const passValid = ({ type, occurredAt, data }: EffectiveEvent): Refusal | undefined => {
  if (type !== opening.type || data.pass === undefined) return undefined;
  const days = data.handoverDate === undefined ? daysOfOccurrence(occurredAt) : handoverDays(String(data.handoverDate));
  const found = passDuring(String(data.pass), days);
  return found.ok ? undefined : { code: 'reference-not-valid', message: found.error.message, pointer: '/pass' };
};

/** Minutes are signed at the handover: the date in them is that of the event, on one side of the border or the other. */
const handoverOnItsDay = ({ type, occurredAt, data }: EffectiveEvent): Refusal | undefined => {
  if (type !== opening.type || overlap(spanOfHandover(String(data.handoverDate)), spanOf(occurredAt))) return undefined;
  return {
    code: 'times-out-of-order',
    message: `the date in the minutes (${data.handoverDate}) does not go with the time of their signing (${occurredAt})`,
    pointer: '/handoverDate',
  };
};

const counterpartIsOther = (event: EffectiveEvent): Refusal | undefined =>
  event.type === opening.type && officeSide(String(event.data.counterpart)) === statingSide(event)
    ? invalid('expected an office of the other side', '/counterpart')
    : undefined;

const disputedStandInLines = ({ entries }: RegisterState, { type, data }: EffectiveEvent): Refusal | undefined => {
  if (type !== 'acknowledged') return undefined;
  const cases = new Set(linesOf(entries).flatMap((line) => (line.outcome === 'handed-over' ? [line.case] : [])));
  const differing = (data.differing ?? []) as readonly { readonly case: string }[];
  const wrong = differing.findIndex((each) => !cases.has(each.case));
  return wrong < 0
    ? undefined
    : invalid('by these minutes no person of that case was handed over', `/data/differing/${wrong}/case`);
};
