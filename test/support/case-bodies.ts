import { ministryOffice, type Side } from '../../domain/kernel/sides.ts';
import { type Opening, person, type Step } from './case-scenario.ts';

/** The body that opens a fugitive case, as an officer's system sends it. */
export const fugitive = {
  kind: 'fugitive',
  requestingParty: 'CN',
  minor: false,
  person,
  warrant: { kind: 'warrant' },
  occurredAt: '2024-01-01',
} as const;

/** The body by which an office of one side sends a step; another side's word goes in as its statement. */
export const bodyOf = (step: Step | Opening, sender: Side = 'CN'): Record<string, unknown> => {
  const { by = 'CN', type, occurredAt = '2024-01-01', data, statedBy } = step;
  return {
    ...('particulars' in step && step.particulars),
    type,
    occurredAt,
    statedBy: statedBy ?? (by === sender ? undefined : { office: ministryOffice(by), document: 'Note 1' }),
    data,
  };
};
