import type { Test } from 'tap';
import type { CaseContext } from '../../domain/case/commands.ts';
import { caseDecider } from '../../domain/case/decide.ts';
import type { CaseEvent } from '../../domain/case/events.ts';
import type { CaseHistory, RecordedCaseEvent } from '../../domain/case/history.ts';
import type { Refusal, RefusalCode } from '../../domain/kernel/refusal.ts';
import { ministryOffice, type Side } from '../../domain/reference/sides.ts';

/** A command as a test writes it: who says what, and when. */
export interface Step {
  readonly by?: Side;
  readonly type: string;
  readonly occurredAt?: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly statedBy?: { readonly office: string; readonly document: string };
}

export interface Opening extends Step {
  readonly particulars: Readonly<Record<string, unknown>>;
}

export const NOW = '2024-06-01T00:00:00.000Z';

/** Invented, as all persons in the tests. */
export const person = { names: [{ text: 'N. V. A.', script: 'Latn', role: 'native' }], sex: 1 } as const;

/** Ids of the events of a scenario by their number: `eventId(0)` is the one that opened the case. */
export const eventId = (revision: number): string => `00000000-0000-4000-8000-${String(revision).padStart(12, '0')}`;

const contextOf = (history: CaseHistory, step: Step, now: string): CaseContext => {
  const side = step.by ?? 'CN';
  return {
    now,
    eventId: eventId(history.recorded.length),
    recordedBy: { subject: 'officer-1', office: ministryOffice(side), side, role: 'recorder' },
  };
};

const attempt = (history: CaseHistory, step: Step | Opening, now: string, other?: CaseContext['other']) => {
  const { type, occurredAt = '2024-01-01', statedBy, data = {} } = step;
  const context = { ...contextOf(history, step, now), other };
  const command =
    'particulars' in step
      ? ({ name: 'open', type, occurredAt, statedBy, data, particulars: step.particulars } as const)
      : ({ name: 'record', type, occurredAt, statedBy, data } as const);
  const decision = caseDecider.decide(command, history, context);
  const { now: recordedAt, recordedBy } = context;
  const extended = !decision.ok
    ? history
    : decision.value.reduce<CaseHistory>(
        (before, event: CaseEvent, index) =>
          caseDecider.evolve(before, {
            ...event,
            id: index === 0 ? context.eventId : eventId(before.recorded.length),
            revision: before.recorded.length,
            recordedAt,
            recordedBy,
          } as RecordedCaseEvent),
        history,
      );
  return { decision, history: extended };
};

/** Takes a case through some steps; every one of them must be accepted. */
export const given = (steps: readonly (Step | Opening)[], now = NOW): CaseHistory =>
  steps.reduce<CaseHistory>((history, step) => {
    const { decision, history: after } = attempt(history, step, now);
    if (!decision.ok) throw new Error(`${step.type} was refused: ${decision.error.map((r) => r.message).join('; ')}`);
    return after;
  }, caseDecider.initial);

/** Given a history, when a step is taken, then the case stands here, or the step is refused for these reasons. */
export const scenario = (t: Test, history: CaseHistory, now = NOW) => ({
  when: (step: Step | Opening, other?: CaseContext['other']) => {
    const { decision, history: after } = attempt(history, step, now, other);
    return {
      then: (status: string): CaseHistory => {
        t.same(decision.ok ? [] : decision.error, [], `${step.type} is accepted`);
        t.equal(after.state?.standing.state, status, `after ${step.type} the case is ${status}`);
        return after;
      },
      thenRefused: (code: RefusalCode, message?: RegExp): readonly Refusal[] => {
        const refusals = decision.ok ? [] : decision.error;
        t.ok(
          refusals.some((refusal) => refusal.code === code),
          `${step.type} is refused as ${code}, not ${refusals.map((refusal) => `${refusal.code}: ${refusal.message}`).join('; ') || 'accepted'}`,
        );
        if (message !== undefined) t.match(refusals.map((refusal) => refusal.message).join('\n'), message);
        return refusals;
      },
    };
  },
});
