import { caseDecider } from '../../domain/case/decide.ts';
import type { CaseHistory, RecordedCaseEvent } from '../../domain/case/history.ts';
import { caseLifecycles } from '../../domain/case/lifecycles/index.ts';
import { sidesOf } from '../../domain/case/parties.ts';
import { openingsOf, rowsFrom } from '../../domain/kernel/lifecycle.ts';
import { ministryOffice, otherSide, type Side } from '../../domain/kernel/sides.ts';
import { addDays } from '../../domain/kernel/time.ts';
import { CASE_KINDS, type CaseKind } from '../../domain/reference/case-kinds.ts';
import { inventedPerson } from './people.ts';
import { type DemoStep, INVENTED, nextMorning, RECORDING_OFFICE, wordOf } from './step.ts';

/** The day on which the cases of the stages begin; each step is a day later. */
const FIRST_DAY = '2025-09-01';
const NOW = '2026-01-01T00:00:00.000Z';

/** What an event of a type says here, where its type asks for something. */
const DATA: Readonly<Record<string, (day: string) => Readonly<Record<string, unknown>>>> = {
  'protection-check-recorded': (day) => ({
    outcome: 'no-bar',
    considered: ['torture-risk', 'trafficking-indicators'],
    decidedOn: day,
    decidedBy: 'Duty officer (invented)',
    basis: 'File and interview (invented)',
  }),
  'transfer-approved': () => ({ legalBasis: 'police-cooperation' }),
  'return-ordered': () => ({ legalBasis: 'readmission' }),
  transferred: () => ({ legalBasis: 'protection-of-victims', pass: 'dongxing' }),
  refused: () => ({ grounds: ['torture-risk'] }),
  released: () => ({ cause: 'other' }),
  'risk-assessed': () => ({ outcome: 'safe-to-return' }),
  'handed-over-at-border-pass': (day) => ({ handoverDate: day, pass: 'dongxing' }),
  'repatriated-at-border-pass': (day) => ({ handoverDate: day, pass: 'dongxing', legalBasis: 'protection-of-victims' }),
  'temporarily-surrendered': (day) => ({ handoverDate: day, returnDue: addDays(day, 90), pass: 'dongxing' }),
  'not-collected': (day) => ({ agreedDate: addDays(day, -16) }),
  'handover-refused': () => ({ cause: 'no-show' }),
  'completion-reported': () => ({ outcome: 'served' }),
};

/** Facts on record that the guards of the tables ask for; the others lead nowhere new. */
const ASKED_FOR = [
  'protection-check-recorded',
  'sentencing-party-consented',
  'administering-party-consented',
  'person-consented',
  'victim-consented',
  'risk-assessed',
];

/** One invented case of every kind in every state that its table can reach, by the shortest way there. */
export const stageCases = (): readonly DemoStep[] =>
  CASE_KINDS.flatMap((kind, kindIndex) =>
    [...shortestWays(kind).values()].flatMap((way, index) => stepsOf(kind, way, kindIndex * 100 + index)),
  );

interface Move {
  readonly type: string;
  readonly by: Side;
}

/** To every state of a kind that the decisions let a case reach, the fewest events, found breadth first. */
const shortestWays = (kind: CaseKind): ReadonlyMap<string, readonly Move[]> => {
  const ways = new Map<string, readonly Move[]>();
  const seen = new Set<string>();
  let frontier = openingMoves(kind).map((move) => ({
    history: after(kind, caseDecider.initial, [], move),
    way: [move],
  }));
  while (frontier.length > 0) {
    const next: typeof frontier = [];
    for (const { history, way } of frontier) {
      const { state } = history ?? {};
      if (history === undefined || state === undefined || seen.has(signatureOf(history))) continue;
      seen.add(signatureOf(history));
      const { state: status } = state.standing;
      if (!ways.has(status)) ways.set(status, way);
      for (const row of rowsFrom(caseLifecycles[kind], status)) {
        if (row.event === 'merged' || (row.to === 'unchanged' && !ASKED_FOR.includes(row.event))) continue;
        const move = { type: row.event, by: sidesOf(state, row.by)[0] as Side };
        next.push({ history: after(kind, history, way, move), way: [...way, move] });
      }
    }
    frontier = next;
  }
  return ways;
};

/** What of a case decides where it can go on to. */
const signatureOf = ({ state }: CaseHistory): string =>
  JSON.stringify([state?.standing, state?.protectionCheck, state?.consents, state?.risk, state?.legalBasis]);

const requestingParty = (kind: CaseKind): Side => (kind === 'trafficking-victim' ? 'VN' : 'CN');

const openingMoves = (kind: CaseKind): readonly Move[] => {
  const requesting = requestingParty(kind);
  const delivering = caseLifecycles[kind].deliveringParty === 'requesting' ? requesting : otherSide(requesting);
  return openingsOf(caseLifecycles[kind]).map((type) => ({
    type,
    by: type === 'reported' || type === 'transfer-requested' ? requesting : delivering,
  }));
};

/** The history after one more move; undefined where the move is refused. */
const after = (kind: CaseKind, history: CaseHistory, way: readonly Move[], move: Move): CaseHistory | undefined => {
  const { particulars, type, occurredAt, data } = stepOf(kind, 0, way.length, move);
  const recordedBy = { subject: 'demo', office: ministryOffice(move.by), side: move.by, role: 'recorder' };
  const context = { now: NOW, eventId: String(way.length), recordedBy };
  const command = { type, occurredAt, data: data as Readonly<Record<string, unknown>> };
  const decision = caseDecider.decide(
    particulars === undefined
      ? { name: 'record', ...command }
      : { name: 'open', particulars: particulars as Readonly<Record<string, unknown>>, ...command },
    history,
    context,
  );
  return decision.ok
    ? decision.value.reduce<CaseHistory>(
        (before, event) =>
          caseDecider.evolve(before, {
            ...event,
            id: context.eventId,
            revision: way.length,
            recordedAt: NOW,
            recordedBy,
          } as RecordedCaseEvent),
        history,
      )
    : undefined;
};

const stepsOf = (kind: CaseKind, way: readonly Move[], number: number): readonly DemoStep[] =>
  way.map((move, index) => stepOf(kind, number, index, move));

const stepOf = (kind: CaseKind, number: number, index: number, { type, by }: Move): DemoStep => {
  const day = addDays(FIRST_DAY, index);
  const requesting = requestingParty(kind);
  const key = `stage-${kind}-${number}`;
  return {
    key,
    recordedAt: nextMorning(day),
    office: RECORDING_OFFICE.guangxi,
    type,
    occurredAt: day,
    ...wordOf(by, `DEMO-${key}`),
    ...(index === 0 && {
      particulars: {
        kind,
        requestingParty: requesting,
        minor: false,
        person: inventedPerson(950_000 + number, otherSide(by)),
        ...(kind === 'fugitive' && { warrant: { kind: 'warrant' } }),
        ...(kind === 'sentenced-person' && { sentencingParty: otherSide(requesting) }),
      },
    }),
    data: { ...DATA[type]?.(day), source: INVENTED },
  };
};
