import type { RegisterState } from '../kernel/register.ts';
import { officeSide } from '../kernel/sides.ts';
import { deadlineRuleDuring } from '../reference/deadline-rules.ts';
import type { Deadline } from './deadline.ts';

const OPEN: readonly string[] = ['requested', 'acknowledged', 'interim-replied'];

/** The due date that a request carries, by the clock of the office that is asked; none where it carries none. */
export const deadlinesOfRequest = ({ entries, standing, since, openedAt }: RegisterState): readonly Deadline[] => {
  const { addressee, dueOn: due } = entries as { readonly addressee: string; readonly dueOn?: string };
  const side = officeSide(addressee);
  if (due === undefined || side === undefined) return [];
  const rule = deadlineRuleDuring('due-date', side, { first: due, last: due });
  if (rule === undefined) return [];
  const end = OPEN.includes(standing.state) ? undefined : { type: standing.state, occurredAt: since };
  return [{ rule, side, started: openedAt, isEarliest: false, due, end }];
};
