import { type MinutesLine, totalsOf } from '../../domain/handover/lines.ts';
import { addDays, type PlainDate } from '../../domain/kernel/time.ts';
import { noBarToRemoval, PASSES_OF_CONFERENCE } from './conference.ts';
import { inventedPerson } from './people.ts';
import { type DemoStep, stepsFrom } from './step.ts';

const SOURCE =
  'Invented to make up the published count of the conference of April 2019 (2,602 returned); no such person';

const RETURNED = 2_602;
const FIRST_PERSON = 970_000;

/** A signing a month, from May 2018 on, each for hundreds. */
export const SIGNINGS = 11;
const firstDayOf = (signing: number): PlainDate => addDays('2018-05-21', signing * 29);

/** Vietnamese citizens who were returned to Viet Nam for a breach of immigration law, by minutes for many persons: by the first signings. */
export const returnsByMinutes = (signings: number): readonly DemoStep[] =>
  Array.from({ length: signings }, (_, signing) => {
    const from = Math.floor((signing * RETURNED) / SIGNINGS);
    const to = Math.floor(((signing + 1) * RETURNED) / SIGNINGS);
    return signingOf(
      signing,
      Array.from({ length: to - from }, (__, index) => FIRST_PERSON + from + index),
    );
  }).flat();

const keyOf = (person: number): string => `return-${person}`;

const signingOf = (signing: number, persons: readonly number[]): readonly DemoStep[] => {
  const place = PASSES_OF_CONFERENCE[signing % PASSES_OF_CONFERENCE.length] as (typeof PASSES_OF_CONFERENCE)[number];
  const first = firstDayOf(signing);
  const signedOn = addDays(first, 8);
  const minutes = `minutes-${signing + 1}`;
  const common = { day: first, vietnameseOffice: place.office, document: `DEMO-${minutes}`, source: SOURCE };

  const prepared = persons.flatMap((person) => {
    const step = stepsFrom({ ...common, key: keyOf(person) });
    const particulars = {
      kind: 'irregular-entry',
      requestingParty: 'CN',
      minor: false,
      person: inventedPerson(person, 'VN'),
    };
    return [
      step(0, 'CN', 'found', { province: 'CN-GX' }, particulars),
      step(3, 'VN', 'nationality-verified', { nationality: 'VN' }),
      step(4, 'CN', 'protection-check-recorded', noBarToRemoval(addDays(first, 4))),
      step(5, 'CN', 'return-ordered', { legalBasis: 'readmission' }),
    ];
  });

  const linesOf = (recordId: (key: string) => string): readonly MinutesLine[] =>
    persons.map((person) => ({
      case: recordId(keyOf(person)),
      outcome: 'handed-over',
      sex: inventedPerson(person, 'VN').sex as MinutesLine['sex'],
      ageBand: ageBandOf(person, signedOn),
      homeLocality: place.province,
    }));

  const signed = (recordId: (key: string) => string) => {
    const lines = linesOf(recordId);
    return {
      number: `${signing + 1}/2018-2019 (invented)`,
      handoverDate: signedOn,
      pass: place.pass,
      deliveringParty: 'CN',
      counterpart: place.office,
      lines,
      totals: totalsOf(lines),
    };
  };
  const step = stepsFrom({ ...common, key: minutes, category: 'handover' });
  return [...prepared, step(8, 'CN', 'minutes-signed', {}, signed), step(9, 'VN', 'acknowledged')];
};

const ageBandOf = (person: number, day: PlainDate): MinutesLine['ageBand'] => {
  const born = Number(inventedPerson(person, 'VN').birthDate?.date.slice(0, 4));
  return Number(day.slice(0, 4)) - born < 40 ? '18-39' : '40-59';
};
