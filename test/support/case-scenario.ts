import type { Test } from 'tap';
import { caseDecider } from '../../domain/case/decide.ts';
import type { CaseHistory, RecordedCaseEvent } from '../../domain/case/history.ts';
import type { CaseState } from '../../domain/case/state.ts';
import type { OtherRecord } from '../../domain/kernel/reference.ts';
import type { Refusal, RefusalCode } from '../../domain/kernel/refusal.ts';
import { ministryOffice, type Side } from '../../domain/kernel/sides.ts';

/** A command as a test writes it: who says what, and when. */
export interface Step {
  readonly by?: Side;
  /** Left out: an officer's. */
  readonly role?: string;
  readonly type: string;
  readonly occurredAt?: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly statedBy?: { readonly office: string; readonly document: string };
}

export interface Opening extends Step {
  readonly particulars: Readonly<Record<string, unknown>>;
}

/** Another case that a step names, as the command handler looks it up. */
export type Other = OtherRecord;

export const NOW = '2024-06-01T00:00:00.000Z';

/** Invented, as all persons in the tests. */
export const person = { names: [{ text: 'N. V. A.', script: 'Latn', role: 'native' }], sex: 1 } as const;

/** Ids of the events of a scenario by their number: `eventId(0)` is the one that opened the case. */
export const eventId = (revision: number): string => `00000000-0000-4000-8000-${String(revision).padStart(12, '0')}`;

/** Decides on one step, and folds what comes of it. */
export const attempt = (history: CaseHistory, step: Step | Opening, now = NOW, other?: Other) => {
  const { by: side = 'CN', role = 'recorder', type, occurredAt = '2024-01-01', statedBy, data = {} } = step;
  const id = eventId(history.recorded.length);
  const recordedBy = { subject: 'officer-1', office: ministryOffice(side), side, role };
  const command =
    'particulars' in step
      ? ({ name: 'open', type, occurredAt, statedBy, data, particulars: step.particulars } as const)
      : ({ name: 'record', type, occurredAt, statedBy, data } as const);
  const decision = caseDecider.decide(command, history, { now, eventId: id, recordedBy, others: other && [other] });
  if (!decision.ok) return { refusals: decision.error, history };
  const recorded = decision.value.map(
    (event) => ({ ...event, id, revision: history.recorded.length, recordedAt: now, recordedBy }) as RecordedCaseEvent,
  );
  return { refusals: [], history: recorded.reduce(caseDecider.evolve, history) };
};

/** The same steps as China's ministry records them, with the other side's word as its statement. */
export const enteredByChina = (steps: readonly (Step | Opening)[]): readonly (Step | Opening)[] =>
  steps.map(({ by, ...step }) =>
    by === 'VN' ? { ...step, statedBy: { office: 'VN-MPS', document: 'Note 1' } } : step,
  );

/** Takes a case through some steps, each of which must be accepted. */
export const given = (
  steps: readonly (Step | Opening)[],
  { from = caseDecider.initial, now = NOW } = {},
): CaseHistory =>
  steps.reduce<CaseHistory>((before, step) => {
    const { refusals, history } = attempt(before, step, now);
    if (refusals.length > 0) throw new Error(`${step.type} was refused: ${refusals.map((r) => r.message).join('; ')}`);
    return history;
  }, from);

/** The state of a case that has been opened. */
export const stateOf = ({ state }: CaseHistory): CaseState => {
  if (state === undefined) throw new Error('the case is not opened');
  return state;
};

/** Given a history, when a step is taken, then the case stands here, or the step is refused for this reason. */
export const scenario = (t: Test, history: CaseHistory, now = NOW) => ({
  when: (step: Step | Opening, other?: Other) => {
    const { refusals, history: after } = attempt(history, step, now, other);
    const outcome = refusals.map(({ code, message }) => `${code}: ${message}`).join('; ') || 'accepted';
    return {
      thenStands: (status: string): CaseHistory => {
        t.equal(outcome, 'accepted', `${step.type} is accepted`);
        t.equal(after.state?.standing.state, status, `after ${step.type} the case is ${status}`);
        return after;
      },
      /** `pointer` is the JSON pointer of the field at fault; left out, the refusal has none. */
      thenRefused: (code: RefusalCode, message: RegExp, pointer?: string): readonly Refusal[] => {
        const refusal = refusals.find((each) => each.code === code && message.test(each.message));
        t.ok(refusal, `${step.type} is refused as ${code} with ${message}; it was ${outcome}`);
        t.equal(refusal?.pointer, pointer, `the refusal of ${step.type} points at ${pointer ?? 'no field'}`);
        return refusals;
      },
    };
  },
});
