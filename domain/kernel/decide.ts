import { checkEvent } from './check.ts';
import type { Decider } from './decider.ts';
import type { Event, Fields } from './event.ts';
import { asEffective, EMPTY_HISTORY, extendHistory, type History, openingState } from './fold.ts';
import { isRevisingType } from './history.ts';
import { checkTelling, createInput, type Input } from './input.ts';
import { withArticle } from './noun.ts';
import type { Command, Context, EffectiveEvent, OpenRecord, RecordEvent, RecordState, Rules } from './record.ts';
import type { Refusal } from './refusal.ts';
import { fail, ok, type Result } from './result.ts';
import { decideRevision } from './revise.ts';

type AnyEvent = Event<string, Fields>;

/** How a kind of record takes decisions: by its rules. */
export const createDecider = <State extends RecordState, E extends EffectiveEvent>(
  rules: Rules<State, E>,
): Decider<History<State, E>, Command, AnyEvent, Context> & { readonly input: Input } => {
  type Decision = Result<readonly AnyEvent[], readonly Refusal[]>;
  const input = createInput(rules.shapes, rules.opening);
  const kind = { ...rules, input };

  const decide = (command: Command, history: History<State, E>, context: Context): Decision => {
    const faults = checkTelling(command);
    if (faults.length > 0) return fail(faults);
    if (command.name === 'open') return open(command, history, context);
    if (isRevisingType(command.type)) return decideRevision(kind, command, history, context);
    return record(command, history, context);
  };

  const named = (command: Command, { others = [] }: Context) => ({ references: rules.named(command), others });

  const open = (command: OpenRecord, history: History<State, E>, context: Context): Decision => {
    if (history.recorded.length > 0) {
      return fail([{ code: 'out-of-order', message: `the ${rules.noun} is opened already` }]);
    }
    const opening = rules.parseOpening(command);
    if (!opening.ok) return opening;
    const { noun, types } = opening.value;
    const type = command.type ?? types[0];
    if (type === undefined || !types.includes(type)) {
      const message = `${withArticle(noun)} begins with ${types.join(' or ')}`;
      return fail([{ code: 'out-of-order', message, pointer: '/type' }]);
    }
    const parsed = input.parseData(type, command.data, '');
    if (!parsed.ok) return parsed;
    const event = eventOf(command, type, { ...parsed.value.data, ...opening.value.data });
    const effective = effectiveOf<E>(event, context, 0);
    const refusals = checkEvent(
      rules,
      { state: openingState(rules, effective), event: effective, ...named(command, context) },
      context.now,
    );
    return refusals.length > 0 ? fail(refusals) : ok([event]);
  };

  const record = (command: RecordEvent, history: History<State, E>, context: Context): Decision => {
    const parsed = input.parseData(command.type, command.data, '');
    if (!parsed.ok) return parsed;
    const { state } = history;
    if (state === undefined) {
      return fail([{ code: 'out-of-order', message: `the ${rules.noun} is not opened` }]);
    }
    const event = eventOf(command, parsed.value.type, parsed.value.data);
    const effective = effectiveOf<E>(event, context, history.recorded.length);
    const refusals = checkEvent(rules, { state, event: effective, ...named(command, context) }, context.now);
    return refusals.length > 0 ? fail(refusals) : ok([event]);
  };

  return {
    initial: EMPTY_HISTORY,
    decide,
    evolve: (history, event) => extendHistory(rules, history, event as never),
    input,
  };
};

const eventOf = ({ occurredAt, statedBy }: Command, type: string, data: Fields): AnyEvent => ({
  type,
  occurredAt,
  statedBy,
  data,
});

const effectiveOf = <E>(event: AnyEvent, { eventId, now, recordedBy }: Context, revision: number): E =>
  asEffective({ ...event, id: eventId, revision, recordedAt: now, recordedBy }) as unknown as E;
