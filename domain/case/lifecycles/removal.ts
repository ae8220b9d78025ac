import {
  assurances,
  escapes,
  everyCase,
  handover,
  handoverThatFails,
  notThePerson,
  postponement,
  safeguards,
} from './common.ts';
import { type CaseRow, type CaseStatus, row, settingAside } from './vocabulary.ts';

/**
 * The part that fugitives and suspects share: from an arrest on the delivering side to the receipt on the other.
 *
 * `atLarge` are the states of a kind from which the person can be arrested; who was released can be arrested again when the
 * formal request comes after all. `endings` are the ends that only this kind has, `withdrawal` the one by which the requesting
 * party gives the person up.
 */
export const removalFromCustody = ({
  searched,
  atLarge,
  withdrawal,
  endings,
}: {
  searched: readonly CaseStatus[];
  atLarge: readonly CaseStatus[];
  withdrawal: 'warrant-withdrawn' | 'request-withdrawn';
  endings: readonly CaseStatus[];
}): readonly CaseRow[] => {
  const beforeApproval: CaseStatus[] = ['captured', 'identity-verified'];
  const approved: CaseStatus[] = ['transfer-approved', 'transferred'];
  const failed: CaseStatus[] = ['handover-refused', 'not-collected'];
  const inCustody: CaseStatus[] = [...beforeApproval, ...approved, ...failed, 'postponed'];
  const delivered: CaseStatus[] = ['handed-over', 'receipt-acknowledged', 'held-by-receiving-party'];
  const notTheOne: CaseStatus[] = ['mistaken-identity', 'identity-misused'];
  const ended: CaseStatus[] = ['released', 'refused', ...notTheOne, withdrawal, ...endings];
  const alive: CaseStatus[] = [...searched, ...inCustody, 'temporarily-surrendered', 'escaped', ...delivered, ...ended];

  return [
    row('captured', atLarge, 'captured', 'delivering'),
    row('captured', atLarge, 'held-by-receiving-party', 'receiving'),
    row('surrendered-voluntarily', atLarge, 'captured', 'delivering'),
    row('surrendered-voluntarily', atLarge, 'held-by-receiving-party', 'receiving'),
    row('identity-verified', ['captured'], 'identity-verified', 'either'),
    row('provisional-arrest-extended', beforeApproval, 'unchanged', 'delivering', 'extendable-term'),
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
    row(
      'transferred',
      ['transfer-approved', ...failed],
      'transferred',
      'delivering',
      'protection-check',
      'fit-to-travel',
    ),
    ...handover([...approved, ...failed]),

    ...safeguards(inCustody),
    ...assurances([...searched, ...inCustody]),
    ...handoverThatFails(approved),
    row('collection-extended', [...approved, 'handover-refused'], 'unchanged', 'delivering', 'extendable-term'),
    row('refused', [...searched, ...inCustody], 'refused', 'delivering'),
    row(withdrawal, [...atLarge, ...inCustody, 'escaped'], withdrawal, 'requesting'),
    ...postponement(['identity-verified', ...approved, ...failed]),
    settingAside(
      row(
        'temporarily-surrendered',
        [...approved, 'postponed'],
        'temporarily-surrendered',
        'either',
        'legal-basis',
        'protection-check',
        'guardian-of-minor',
        'fit-to-travel',
      ),
    ),
    row('returned-from-temporary-surrender', ['temporarily-surrendered'], 'where-it-stood', 'either'),
    ...escapes([...inCustody, 'temporarily-surrendered', ...delivered], 'captured'),
    ...notThePerson([...inCustody, ...delivered]),
    row('released', [...inCustody, 'refused', withdrawal], 'released', 'delivering'),
    /** Whichever side holds the wrong person. */
    row('released', notTheOne, 'released', 'either'),
    ...everyCase(alive, ['receipt-acknowledged', 'held-by-receiving-party', ...ended]),
  ];
};
