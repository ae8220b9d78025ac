import type { CaseHistory } from '../../domain/case/history.ts';
import { eventId, given, type Step } from './case-scenario.ts';
import { wayTo } from './ordinary-ways.ts';

/** Why a record is put right. */
export const reason = 'the fax was misread';

/** Corrects the event of a revision, takes it back, or records one after it that was left out. */
export const correct = (target: number, changes: object, more: object = {}): Step => ({
  type: 'corrected',
  data: { eventId: eventId(target), changes, reason, ...more },
});
export const annul = (target: number): Step => ({ type: 'annulled', data: { eventId: eventId(target), reason } });
export const late = (after: number, type: string, data: object = {}, occurredAt = '2024-01-01'): Step => ({
  type: 'recorded-late',
  data: { after: eventId(after), event: { type, occurredAt, data }, reason },
});

export const typesOf = ({ effective }: CaseHistory) => effective.map(({ type }) => type);

/** 0 reported, 1 located, 2 captured (VN), 3 identified, 4 checked (VN), 5 approved (VN), 6 transferred (VN), 7 handed over */
export const handedOver = given(wayTo('fugitive', 'handed-over-at-border-pass'));
