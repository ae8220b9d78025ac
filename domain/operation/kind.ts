import { z } from 'zod';
import { isProtected } from '../case/access.ts';
import type { CaseState } from '../case/state.ts';
import type { Fields } from '../kernel/event.ts';
import { doneByThen, type RoughDate } from '../kernel/period.ts';
import type { EffectiveEvent, Guard } from '../kernel/record.ts';
import { invalid, type Refusal } from '../kernel/refusal.ts';
import { createRegister, type RegisterState } from '../kernel/register.ts';
import { officeSchema } from '../kernel/sides.ts';
import { type OccurredAt, occurredAtSchema } from '../kernel/time.ts';
import { substanceSchema } from '../reference/codes.ts';
import { unitOf } from '../reference/units.ts';
import { caseId, events, kindSchema, opening, subjectSchema } from './events.ts';
import { lifecycle } from './lifecycle.ts';
import { contributionsOf, keyOf, measuredBy, type Report, resultsFields, resultsOf } from './results.ts';

interface PhaseEvent {
  readonly phase: string;
  readonly occurredAt: OccurredAt;
}
interface CaseEvent {
  readonly case: string;
}

/** What rules and documents look at of an operation. */
interface Entries {
  readonly kind: string;
  readonly subjects: readonly string[];
  readonly offices: readonly string[];
  readonly phasesBegun?: readonly PhaseEvent[];
  readonly phasesEnded?: readonly PhaseEvent[];
  readonly casesLinked?: readonly CaseEvent[];
  readonly casesUnlinked?: readonly CaseEvent[];
  readonly resultReports?: readonly Report[];
  readonly begunOn?: RoughDate;
  readonly concludedOn?: RoughDate;
}

const entriesOf = (entries: Fields): Entries => entries as unknown as Entries;

const phasesOf = ({ phasesBegun = [], phasesEnded = [] }: Entries) =>
  phasesBegun.map(({ phase, occurredAt }) => {
    const ended = phasesEnded.find((each) => each.phase === phase);
    return { phase, begun: occurredAt, ...(ended !== undefined && { ended: ended.occurredAt }) };
  });

/** A case is linked and unlinked by turns. */
const linkedCases = ({ casesLinked = [], casesUnlinked = [] }: Entries): readonly string[] => {
  const unlinked = Map.groupBy(casesUnlinked, (each) => each.case);
  return [...Map.groupBy(casesLinked, (each) => each.case)].flatMap(([id, times]) =>
    times.length > (unlinked.get(id)?.length ?? 0) ? [id] : [],
  );
};

const phaseInOrder = ({ entries }: RegisterState, { type, data }: EffectiveEvent): Refusal | undefined => {
  if (data.phase === undefined) return undefined;
  const phase = String(data.phase);
  const known = phasesOf(entriesOf(entries)).find((each) => each.phase === phase);
  if (type === 'phase-begun') {
    return known === undefined ? undefined : invalid(`${phase} has begun already`, '/data/phase');
  }
  if (known === undefined) return invalid(`${phase} has not begun`, '/data/phase');
  return type === 'phase-ended' && known.ended !== undefined
    ? invalid(`${phase} has ended already`, '/data/phase')
    : undefined;
};

const linkedOnce = ({ entries }: RegisterState, { type, data }: EffectiveEvent): Refusal | undefined => {
  const isLinked = linkedCases(entriesOf(entries)).includes(String(data.case));
  if (type === 'case-linked' && isLinked) return invalid('the case is linked already', '/data/case');
  if (type === 'case-unlinked' && !isLinked) return invalid('expected a case that is linked', '/data/case');
  return undefined;
};

/** All offices of an operation learn of the cases that are linked to it: of one of a victim when those say so who protect them. */
const victimsByProtection: Guard<RegisterState, EffectiveEvent> = ({ event, others = [] }) => {
  const named = others.find(({ id }) => id === event.data.case)?.state as CaseState | undefined;
  if (named === undefined || !isProtected(named.kind) || event.recordedBy.role === 'protection') return undefined;
  const message = `that is a ${named.kind} case: the role \`protection\` links it, as every office of the operation learns of it`;
  return { code: 'unsuitable-record', message, pointer: '/data/case' };
};

/** Who may link the one case may not be who links the other. */
const linkedAnew = ({ type }: EffectiveEvent, changes: Fields): Refusal | undefined =>
  type === 'case-linked' && 'case' in changes
    ? invalid('annul this event and link the other case', '/data/changes/case')
    : undefined;

const OF_SEIZURES = ['substance', 'quantity', 'unit'] as const;

/** A seizure says how much of what, everything else how many. */
const saysHowMuch = (report: Report): Refusal | undefined => {
  const { measure, unit, quantity = '' } = report;
  const expected: readonly (keyof Report)[] = measure === 'seizure' ? OF_SEIZURES : ['count'];
  const missing = expected.find((field) => report[field] === undefined);
  if (missing !== undefined)
    return invalid(`${measure} is reported with its ${expected.join(', ')}`, `/data/${missing}`);
  const extra = (['count', ...OF_SEIZURES] as const).find(
    (field) => report[field] !== undefined && !expected.includes(field),
  );
  if (extra !== undefined) return invalid(`${measure} has no ${extra}`, `/data/${extra}`);
  return unit !== undefined && unitOf(unit).counted === true && quantity.includes('.')
    ? invalid(`${unit} is counted in whole numbers`, '/data/quantity')
    : undefined;
};

/** What is reported under the code of a result is the same thing that was reported under it before. */
const ofOneThing = ({ entries }: RegisterState, report: Report): Refusal | undefined => {
  const earlier = entriesOf(entries).resultReports?.find(({ result }) => result === report.result);
  if (earlier === undefined || keyOf(measuredBy(earlier)) === keyOf(measuredBy(report))) return undefined;
  const { measure, substance, base } = measuredBy(earlier);
  const what = [measure, substance && `of ${substance}`, base && `in ${base}`].filter(Boolean).join(' ');
  return invalid(`${report.result} was reported as ${what}: give another result another code`, '/data/result');
};

const reportSuits = (state: RegisterState, { type, data }: EffectiveEvent): Refusal | undefined => {
  if (type !== 'result-reported') return undefined;
  const report = data as unknown as Report;
  return saysHowMuch(report) ?? ofOneThing(state, report);
};

/** Joint operations, campaigns, annual crackdowns and patrols, with their phases, the cases that belong to them and their results. */
export const operations = createRegister({
  category: 'operation',
  noun: 'operation',
  plural: 'operations',
  opening,
  events,
  lifecycle,
  sidesOf: () => [],
  guards: { 'victims-by-protection': victimsByProtection },
  fixed: linkedAnew,
  names: { case: 'case', agreement: 'agreement' },
  letGo: ['case-unlinked'],
  letIn: ({ offices }) => offices as readonly string[],
  check: (state, event) => [
    phaseInOrder(state, event),
    linkedOnce(state, event),
    reportSuits(state, event),
    ...['begunOn', 'concludedOn'].map((field) => doneByThen(event, event.data[field], `/data/${field}`)),
  ],
  maySeeSealed: () => true,
  // A campaign has thousands of arrests, and many of them are cases here.
  longestList: 1000,
  derived: {
    fields: {
      phases: z
        .array(z.strictObject({ phase: z.string(), begun: occurredAtSchema, ended: occurredAtSchema.optional() }))
        .readonly(),
      cases: z.array(z.uuid()).readonly().describe('The cases that are linked now'),
      ...resultsFields,
    },
    of: (entries) => {
      const known = entriesOf(entries);
      return { phases: phasesOf(known), cases: linkedCases(known), ...resultsOf(known.resultReports ?? []) };
    },
    insteadOf: ['phasesBegun', 'phasesEnded', 'casesLinked', 'casesUnlinked', 'resultReports'],
  },
  contributes: (entries) => {
    const { subjects, offices, resultReports = [], begunOn, concludedOn } = entriesOf(entries);
    return contributionsOf(resultReports, { begunOn, concludedOn }).map((result) => ({
      ...result,
      subjects,
      provinces: [],
      offices,
    }));
  },
  filters: {
    kind: kindSchema,
    subject: subjectSchema,
    participant: officeSchema,
    case: caseId,
    substance: substanceSchema,
  },
  references: (entries) => {
    const { kind, subjects, offices, resultReports = [] } = entriesOf(entries);
    return {
      kind: [kind],
      subject: subjects,
      participant: offices,
      case: linkedCases(entriesOf(entries)),
      substance: [...new Set(resultReports.flatMap(({ substance = [] }) => substance))],
    };
  },
});
