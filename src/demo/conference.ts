import { addDays, type PlainDate } from '../../domain/kernel/time.ts';
import { handedOverFugitive } from './fugitives.ts';
import { inventedPerson } from './people.ts';
import { type DemoStep, stepsFrom } from './step.ts';

/**
 * The cases of the conference year to April 2019 (Lạng Sơn, Quảng Ninh, Cao Bằng, Hà Giang and Guangxi). The report counts them; that each
 * case is of these persons, goes this way and on this day is invented, and that the year begins in May 2018, which the report does not say.
 */
export const conferenceCases = (): readonly DemoStep[] => [
  ...fugitives('VN-CN', 46),
  ...fugitives('CN-VN', 6),
  ...irregularEntryToChina(),
  ...rescuedFromDetention(),
  ...highTechnologySuspects(),
  ...rescuedVictims(),
];

const SOURCE = 'Invented to make up the published count of the conference of April 2019; no such person';

const FIRST_DAY = '2018-05-10';
/** Days from the first case to the last; what is recorded of it is recorded before the conference. */
const SPAN = 300;

/** Passes between Guangxi and the provinces, with the liaison office on the Vietnamese side. */
export const PASSES_OF_CONFERENCE = [
  { pass: 'youyi-guan', office: 'VN-09-BLO', province: 'VN-09' },
  { pass: 'dongxing', office: 'VN-13-BLO', province: 'VN-13' },
  { pass: 'shuikou', office: 'VN-04-BLO', province: 'VN-04' },
] as const;

type Place = (typeof PASSES_OF_CONFERENCE)[number];

const placeOf = (index: number): Place => PASSES_OF_CONFERENCE[index % PASSES_OF_CONFERENCE.length] as Place;

const dayOf = (index: number, count: number): PlainDate => addDays(FIRST_DAY, Math.floor((index * SPAN) / count));

const each = (count: number, steps: (index: number) => readonly DemoStep[]): readonly DemoStep[] =>
  Array.from({ length: count }, (_, index) => steps(index)).flat();

/** Numbers of persons, apart from those of every other part of the demonstration. */
const PERSONS = {
  'VN-CN': 961_000,
  'CN-VN': 962_000,
  'irregular-entry': 963_000,
  'unlawful-detention': 964_000,
  suspect: 965_000,
  'trafficking-victim': 966_000,
} as const;

const fugitives = (direction: 'VN-CN' | 'CN-VN', count: number): readonly DemoStep[] =>
  each(count, (index) => {
    const { pass, office } = placeOf(index);
    return handedOverFugitive({
      key: `conference-2019-${direction}-${index + 1}`,
      number: PERSONS[direction] + index,
      requestingParty: direction === 'VN-CN' ? 'CN' : 'VN',
      handedOverOn: dayOf(index, count),
      pass,
      vietnameseOffice: office,
      offence: '0701',
      source: SOURCE,
    });
  });

type Data = Readonly<Record<string, unknown>>;

/** Steps of one invented case, each so many days after the first. */
const caseOf = (key: string, day: PlainDate, { office: vietnameseOffice }: Pick<Place, 'office'>) =>
  stepsFrom({ key, day, vietnameseOffice, source: SOURCE });

export const noBarToRemoval = (decidedOn: PlainDate): Data => ({
  outcome: 'no-bar',
  considered: ['torture-risk', 'asylum-claim', 'trafficking-indicators'],
  decidedOn,
  decidedBy: 'Duty officer (invented)',
  basis: 'File and interview (invented)',
});

const IRREGULAR_ENTRY = { persons: 44, incidents: 10 };

/** Chinese citizens found in Viet Nam: Viet Nam asks China to take them back. */
const irregularEntryToChina = (): readonly DemoStep[] =>
  each(IRREGULAR_ENTRY.persons, (index) => {
    const incident = index % IRREGULAR_ENTRY.incidents;
    const place = placeOf(incident);
    const first = dayOf(incident, IRREGULAR_ENTRY.incidents);
    const step = caseOf(`conference-2019-irregular-${index + 1}`, first, place);
    return [
      step(
        0,
        'VN',
        'found',
        { province: place.province },
        {
          kind: 'irregular-entry',
          requestingParty: 'VN',
          minor: false,
          person: inventedPerson(PERSONS['irregular-entry'] + index, 'CN'),
          incident: `demo-conference-2019-${incident + 1}`,
        },
      ),
      step(3, 'CN', 'nationality-verified', { nationality: 'CN' }),
      step(4, 'VN', 'protection-check-recorded', noBarToRemoval(addDays(first, 4))),
      step(5, 'VN', 'return-ordered', { legalBasis: 'deportation' }),
      step(7, 'VN', 'handed-over-at-border-pass', { handoverDate: addDays(first, 7), pass: place.pass }),
      step(7, 'CN', 'receipt-acknowledged', { receivedOn: addDays(first, 7) }),
      step(8, 'CN', 'closed'),
    ];
  });

/** Held for gambling debts. The report does not say in which direction they were transferred: that it was to China is invented. */
const rescuedFromDetention = (): readonly DemoStep[] =>
  each(12, (index) => {
    const place = placeOf(index);
    const first = dayOf(index, 12);
    const step = caseOf(`conference-2019-detention-${index + 1}`, first, place);
    return [
      step(
        0,
        'CN',
        'reported',
        {},
        {
          kind: 'unlawful-detention',
          requestingParty: 'CN',
          minor: false,
          person: inventedPerson(PERSONS['unlawful-detention'] + index, 'CN'),
          incident: `demo-conference-2019-detention-${index + 1}`,
        },
      ),
      step(2, 'VN', 'rescued', { province: place.province }),
      step(3, 'VN', 'protection-check-recorded', noBarToRemoval(addDays(first, 3))),
      step(4, 'VN', 'transferred', { pass: place.pass, legalBasis: 'protection-of-victims' }),
      step(5, 'VN', 'handed-over-at-border-pass', { handoverDate: addDays(first, 5), pass: place.pass }),
      step(5, 'CN', 'receipt-acknowledged', { receivedOn: addDays(first, 5) }),
      step(6, 'CN', 'closed'),
    ];
  });

const HIGH_TECHNOLOGY = { persons: 24, incidents: 5 };

/** Handled, and as far as the report says not transferred. */
const highTechnologySuspects = (): readonly DemoStep[] =>
  each(HIGH_TECHNOLOGY.persons, (index) => {
    const incident = index % HIGH_TECHNOLOGY.incidents;
    const place = placeOf(incident);
    const step = caseOf(`conference-2019-suspect-${index + 1}`, dayOf(incident, HIGH_TECHNOLOGY.incidents), place);
    return [
      step(
        0,
        'VN',
        'captured',
        { province: place.province },
        {
          kind: 'suspect',
          requestingParty: 'CN',
          minor: false,
          person: inventedPerson(PERSONS.suspect + index, 'CN'),
          // Acts against property, by high technology; see reference/offences.ts.
          offences: [{ iccs: '05' }],
          incident: `demo-conference-2019-technology-${incident + 1}`,
        },
      ),
    ];
  });

/** Reported missing by Viet Nam and rescued in Guangxi. */
const rescuedVictims = (): readonly DemoStep[] =>
  each(49, (index) => {
    const step = caseOf(`conference-2019-victim-${index + 1}`, dayOf(index, 49), placeOf(index));
    return [
      step(
        0,
        'VN',
        'reported',
        {},
        {
          kind: 'trafficking-victim',
          requestingParty: 'VN',
          minor: false,
          person: inventedPerson(PERSONS['trafficking-victim'] + index, 'VN'),
        },
      ),
      step(6, 'CN', 'rescued', { province: 'CN-GX' }),
      step(7, 'CN', 'taken-into-care'),
    ];
  });
