import type { DeepReadonly, Event } from '@event-driven-io/emmett';

/** What may follow on what in the ordinary way of a suspect, as the ledger's own table has it. */
const NEXT: Readonly<Record<string, string>> = {
  detained: 'identity-verified',
  'identity-verified': 'protection-check-recorded',
  'protection-check-recorded': 'transfer-approved',
  'transfer-approved': 'transferred',
  transferred: 'handed-over-at-border-pass',
  'handed-over-at-border-pass': 'receipt-acknowledged',
  'receipt-acknowledged': 'closed',
};

export type CaseEvent = Event<string, { readonly occurredAt: string; readonly [field: string]: unknown }>;

export interface CaseState {
  readonly status: string;
  readonly events: number;
  readonly dates: Readonly<Record<string, string>>;
}

export const initialState = (): CaseState => ({ status: '', events: 0, dates: {} });

export const evolve = ({ events, dates }: CaseState, { type, data }: DeepReadonly<CaseEvent>): CaseState => ({
  status: type,
  events: events + 1,
  dates: { ...dates, [type]: data.occurredAt },
});

/** The event that a command gives. Throws where it cannot follow. */
export const decide = (type: string, data: CaseEvent['data'], { status }: CaseState): CaseEvent => {
  const expected = status === '' ? 'detained' : NEXT[status];
  if (type !== expected) throw new Error(`${type} cannot follow on ${status}`);
  return { type, data };
};
