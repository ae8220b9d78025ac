import {
  always,
  assurances,
  death,
  ending,
  escapes,
  handoverThatFails,
  notThePerson,
  postponement,
  safeguards,
} from './common.ts';
import { type CaseRow, type CaseStatus, row, settingAside } from './vocabulary.ts';

/**
 * The part that fugitives and suspects share: from an arrest on the delivering side to the receipt on the other.
 * `searched` are the states of a kind before the arrest; `endings` are the ends that only this kind has.
 */
export const removalFromCustody = ({
  searched,
  endings,
}: {
  searched: readonly CaseStatus[];
  endings: readonly CaseStatus[];
}): readonly CaseRow[] => {
  const beforeApproval: CaseStatus[] = ['captured', 'identity-verified'];
  const approved: CaseStatus[] = ['transfer-approved', 'transferred'];
  const failed: CaseStatus[] = ['handover-refused', 'not-collected'];
  const inCustody: CaseStatus[] = [...beforeApproval, ...approved, ...failed, 'postponed'];
  const delivered: CaseStatus[] = ['handed-over', 'receipt-acknowledged', 'held-by-receiving-party'];
  const ended: CaseStatus[] = ['released', 'refused', 'mistaken-identity', 'identity-misused', 'died', ...endings];
  const followed: CaseStatus[] = [
    ...searched,
    ...inCustody,
    'temporarily-surrendered',
    'escaped',
    'refused',
    ...delivered,
  ];
  const open: CaseStatus[] = [...new Set([...followed, ...ended])];

  return [
    row('identity-verified', ['captured'], 'identity-verified', 'either'),
    row('surrender-requested', [...searched, ...beforeApproval], 'unchanged', 'requesting'),
    row(
      'transfer-approved',
      ['identity-verified'],
      'transfer-approved',
      'delivering',
      'legal-basis',
      'protection-check',
      'guardian-of-minor',
    ),
    row('transferred', ['transfer-approved', ...failed], 'transferred', 'delivering', 'fit-to-travel'),
    row(
      'handed-over-at-border-pass',
      [...approved, ...failed],
      'handed-over',
      'either',
      'legal-basis',

      'guardian-of-minor',
      'fit-to-travel',
    ),
    row('receipt-acknowledged', ['handed-over'], 'receipt-acknowledged', 'receiving'),

    ...safeguards(inCustody),
    ...assurances([...searched, ...inCustody]),
    ...handoverThatFails(approved),
    row('refused', [...beforeApproval, ...approved, 'postponed'], 'refused', 'delivering'),
    ...postponement(['identity-verified', ...approved]),
    settingAside(
      row(
        'temporarily-surrendered',
        [...approved, 'postponed'],
        'temporarily-surrendered',
        'either',
        'legal-basis',
        'protection-check',
        'guardian-of-minor',
      ),
    ),
    row('returned-from-temporary-surrender', ['temporarily-surrendered'], 'where-it-stood', 'either'),
    ...escapes([...inCustody, 'temporarily-surrendered', ...delivered], 'captured'),
    ...notThePerson([...beforeApproval, ...approved, ...failed, 'handed-over', 'receipt-acknowledged']),
    row('released', [...inCustody, 'refused', 'mistaken-identity', 'identity-misused'], 'released', 'delivering'),
    ...death(followed),
    ...always(open),
    ...ending(['receipt-acknowledged', 'held-by-receiving-party', ...ended], open),
  ];
};
