import type { CaseKind } from '../reference/case-kinds.ts';
import { FIGURES, type FigureEntry } from '../reference/figures.ts';
import type { SubstanceEntry } from '../reference/substances.ts';
import type { PersonMeasure } from './lines.ts';

/** A figure that is counted of cases: persons' lines, and the affairs that they belong to. */
export interface PersonFigure {
  readonly of: 'persons';
  readonly measure: PersonMeasure;
  readonly kind: CaseKind;
  /** Code of an offence that must be among those of the case. */
  readonly offence?: string;
}

/** A figure that is made of what registers hold. */
export interface RecordFigure {
  readonly of: 'records';
  readonly measure: string;
  /** What the operation is directed against, of a result. */
  readonly subject?: string;
  /** What is seized: a substance, or all of some groups. */
  readonly substance?: string;
  readonly groups?: readonly SubstanceEntry['group'][];
  /** It is not what happened in the period, but what stands at its end. */
  readonly standing?: true;
  /** It is known only as far as somebody reported it: where nobody did, it is not none, but not known. */
  readonly reported?: true;
}

/** What the ledger counts for a figure, and in words how. */
export type Derivation = (PersonFigure | RecordFigure) & { readonly definition: string };

const handedOver = (kind: CaseKind, who: string): Derivation => ({
  of: 'persons',
  measure: 'handed-over',
  kind,
  definition: `${who}: each handover by the date in its minutes; handed over again after an escape counts again`,
});

const ofOperations = (measure: string, subject: string, definition: string): Derivation => ({
  of: 'records',
  measure,
  subject,
  reported: true,
  definition: `${definition}, as reported of joint operations: what two phases or two sides report under one code counts once`,
});

const seized = (what: string, restriction: Pick<RecordFigure, 'substance' | 'groups'>): Derivation => ({
  of: 'records',
  measure: 'seizure',
  reported: true,
  ...restriction,
  definition: `${what} seized by weight, as reported of joint operations; what is counted in pieces or tablets is not weighed`,
});

const held = (measure: string, definition: string): Derivation => ({ of: 'records', measure, definition });

const fugitives = handedOver('fugitive', 'Persons wanted before their arrest');
const suspects = handedOver('suspect', 'Persons arrested without an earlier warrant of the requesting side');
const irregularEntry = handedOver(
  'irregular-entry',
  'Persons returned for a breach of immigration law, never counted with fugitives',
);
const victims = handedOver('trafficking-victim', 'Victims of trafficking repatriated with their consent');
const sentencedPersons = handedOver('sentenced-person', 'Persons transferred to serve a final judgment');

/** How each published figure is made of what the ledger holds, by its code. */
const DERIVATIONS: Readonly<Record<string, Derivation>> = {
  'fugitive.handed-over.VN-CN': fugitives,
  'fugitive.handed-over.CN-VN': fugitives,
  'fugitive.seized': {
    of: 'persons',
    measure: 'captured',
    kind: 'fugitive',
    definition: 'Captures of persons wanted before; a recapture after an escape is none',
  },
  'suspect.handed-over.VN-CN': suspects,
  'suspect.handed-over.CN-VN': suspects,
  'irregular-entry.handed-over.VN-CN': irregularEntry,
  'irregular-entry.handed-over.CN-VN': irregularEntry,
  'trafficking-victim.rescued': {
    of: 'persons',
    measure: 'rescued',
    kind: 'trafficking-victim',
    definition: 'Rescues of victims of trafficking, whether they were repatriated or not',
  },
  'trafficking-victim.repatriated.VN-CN': victims,
  'trafficking-victim.repatriated.CN-VN': victims,
  'trafficking.cracked': ofOperations('incidents-cracked', 'trafficking', 'Trafficking incidents cracked'),
  'unlawful-detention.rescued': {
    of: 'persons',
    measure: 'rescued',
    kind: 'unlawful-detention',
    definition: 'Rescues of persons whom others held unlawfully, such as for gambling debts',
  },
  'unlawful-detention.handed-over': handedOver('unlawful-detention', 'Persons rescued from unlawful detention'),
  'sentenced-person.handed-over.VN-CN': sentencedPersons,
  'sentenced-person.handed-over.CN-VN': sentencedPersons,
  'high-technology-crime.handled': {
    of: 'persons',
    measure: 'captured',
    kind: 'suspect',
    // ICCS marks the use of computers by an attribute, not by a code; see the note of this one in reference/offences.ts.
    offence: '05',
    definition:
      'Captures of suspects of property crime by high technology (entered under ICCS section 05), transferred or not; in no figure of handovers by this',
  },
  'border-management.violations-handled': ofOperations(
    'incidents-cracked',
    'border-security',
    'Violations of border management handled',
  ),
  'drugs.cracked': ofOperations('incidents-cracked', 'drugs', 'Drug crimes cracked'),
  'drugs.arrested': ofOperations('arrests', 'drugs', 'Persons arrested'),
  'drugs.seized': seized('Drugs', { groups: ['drug', 'unspecified'] }),
  'drugs.ketamine-seized': seized('Ketamine', { substance: 'ketamine' }),
  'drugs.precursors-seized': seized('Precursors', { groups: ['precursor'] }),
  'gambling.hubs-dismantled': ofOperations('hubs-dismantled', 'gambling', 'Gambling hubs dismantled'),
  'cooperation.visits': held('visits-held', 'Visits of either side that were held, by the day on which they began'),
  'cooperation.training-courses': held(
    'courses-held',
    'Training courses that were held, by the day on which they began',
  ),
  'cooperation.officers-trained': held('officers-trained', 'Officers of either side who took part in those courses'),
  'cooperation.stations-with-memorandum': {
    of: 'records',
    measure: 'stations-with-memorandum',
    standing: true,
    definition:
      'Pairs of district police stations that stand at the end of the period and had a memorandum named by then, whatever became of it since',
  },
  'cooperation.meetings': held(
    'meetings-held',
    'Conferences and other meetings that were held, by the day on which they began',
  ),
  'cooperation.agreements-signed': held('agreements-signed', 'Treaties, agreements, memoranda and minutes signed'),
  'cooperation.equipment-presented': held(
    'equipment-presented',
    'Presentations of equipment, whatever each consists of',
  ),
};

/** Whether a figure is known only as far as somebody reported it. */
export const isReported = (derivation: Derivation): boolean =>
  derivation.of === 'records' && derivation.reported === true;

export interface DerivedFigure {
  readonly figure: FigureEntry;
  readonly derivation: Derivation;
}

/** Every figure with how it is made, in the order of the list. */
export const DERIVED_FIGURES: readonly DerivedFigure[] = FIGURES.map((figure) => {
  const derivation = DERIVATIONS[figure.code];
  if (derivation === undefined) throw new Error(`it is not said how ${figure.code} is made`);
  return { figure, derivation };
});

const BY_CODE = new Map(DERIVED_FIGURES.map((each) => [each.figure.code, each]));

/** A figure with how it is made. Throws where there is none of this code. */
export const derivedFigure = (code: string): DerivedFigure => {
  const found = BY_CODE.get(code);
  if (found === undefined) throw new Error(`there is no figure ${code}`);
  return found;
};
