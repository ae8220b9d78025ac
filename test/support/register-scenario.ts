import type { Test } from 'tap';
import { splitData } from '../../domain/kernel/event-shapes.ts';
import { EMPTY_HISTORY, extendHistory, type History } from '../../domain/kernel/fold.ts';
import type { Command, EffectiveEvent, RecordState } from '../../domain/kernel/record.ts';
import type { OtherRecord } from '../../domain/kernel/reference.ts';
import type { Refusal, RefusalCode } from '../../domain/kernel/refusal.ts';
import type { RegisterKind, RegisterState } from '../../domain/kernel/register.ts';
import { ministryOffice, officeSide, type Side } from '../../domain/kernel/sides.ts';
import { eventId, NOW } from './case-scenario.ts';

type Fields = Readonly<Record<string, unknown>>;
export type RegisterHistory = History<RegisterState, EffectiveEvent>;

/** A command on a record of a register as a test writes it; it opens the record where it has `particulars`. */
export interface RegisterStep {
  /** An office, or a side for its ministry. */
  readonly by?: string;
  /** Left out: recorder. */
  readonly role?: string;
  readonly type?: string;
  readonly occurredAt?: string;
  readonly data?: Fields;
  readonly statedBy?: { readonly office: string; readonly document: string };
  readonly particulars?: Fields;
  /** The records that it names; left out, whichever it names is there. */
  readonly others?: readonly OtherRecord[];
}

/** Records as they are found where a command names them. */
const foundAsNamed = (kind: RegisterKind, command: Command): readonly OtherRecord[] =>
  kind.rules.named(command).map(({ category, id }) => ({
    category,
    id,
    state: { standing: { state: 'opened', stoodAt: [] } } as unknown as RecordState,
    isItself: false,
  }));

/** Decides on one step, and folds what comes of it. */
const attempt = (kind: RegisterKind, history: RegisterHistory, step: RegisterStep, now: string) => {
  const { by = 'CN', role = 'recorder', type = '', occurredAt = '2024-01-01', data = {}, particulars, statedBy } = step;
  const office = by.length === 2 ? ministryOffice(by as Side) : by;
  const recordedBy = { subject: 'officer-1', office, side: officeSide(office) as Side, role };
  const id = eventId(history.recorded.length);
  const command =
    particulars === undefined
      ? ({ name: 'record', type, occurredAt, statedBy, data } as const)
      : ({ name: 'open', occurredAt, statedBy, data, particulars } as const);
  const { others = foundAsNamed(kind, command) } = step;
  const decision = kind.decider.decide(command, history, { now, eventId: id, recordedBy, others });
  if (!decision.ok) return { refusals: decision.error, history };
  const recording = { id, revision: history.recorded.length, recordedAt: now, recordedBy };
  const after = decision.value.reduce<RegisterHistory>((before, event) => {
    // As the log gives it to rules: without what is sealed.
    const { open } = splitData(kind.rules.shapes, event.type, event.data);
    return extendHistory(kind.rules, before, { ...event, data: open, ...recording });
  }, history);
  return { refusals: [], history: after };
};

/** Given some steps, each of which must be accepted. */
export const givenRegister = (kind: RegisterKind, steps: readonly RegisterStep[], now = NOW): RegisterHistory =>
  steps.reduce<RegisterHistory>((before, step) => {
    const { refusals, history } = attempt(kind, before, step, now);
    if (refusals.length > 0) throw new Error(`${step.type} was refused: ${refusals.map((r) => r.message).join('; ')}`);
    return history;
  }, EMPTY_HISTORY);

/** When a step is taken, then the record stands here, or the step is refused for this reason. */
export const registerScenario = (t: Test, kind: RegisterKind, history: RegisterHistory = EMPTY_HISTORY, now = NOW) => ({
  when: (step: RegisterStep) => {
    const { refusals, history: after } = attempt(kind, history, step, now);
    const name = step.type ?? 'the opening';
    const outcome = refusals.map(({ code, message }) => `${code}: ${message}`).join('; ') || 'accepted';
    return {
      thenStands: (status: string): RegisterState => {
        t.equal(outcome, 'accepted', `${name} is accepted`);
        t.equal(after.state?.standing.state, status, `after ${name} it is ${status}`);
        return after.state as RegisterState;
      },
      thenRefused: (code: RefusalCode, message: RegExp, pointer?: string): readonly Refusal[] => {
        const refusal = refusals.find((each) => each.code === code && message.test(each.message));
        t.ok(refusal, `${name} is refused as ${code} with ${message}; it was ${outcome}`);
        t.equal(refusal?.pointer, pointer, `the refusal of ${name} points at ${pointer ?? 'no field'}`);
        return refusals;
      },
    };
  },
});
