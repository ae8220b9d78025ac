import type { Direction } from '../../domain/kernel/sides.ts';
import { addDays } from '../../domain/kernel/time.ts';
import { type FugitiveCase, handedOverFugitive } from './fugitives.ts';
import { type DemoStep, INVENTED } from './step.ts';

/**
 * Fugitives handed over in a year. Those of 2017 are the published figures ("2017 up to the report in its last quarter,
 * coordinated by the liaison bureau": 23 by Viet Nam, 15 by China), less the one whose case is told by itself; that each case
 * goes this way and on this day is invented. All other years are of the demonstration's own making.
 */
const YEARS: readonly {
  readonly year: number;
  readonly toChina: number;
  readonly toVietNam: number;
  readonly last: number;
}[] = [
  { year: 2014, toChina: 9, toVietNam: 5, last: 360 },
  { year: 2015, toChina: 11, toVietNam: 8, last: 360 },
  { year: 2016, toChina: 17, toVietNam: 9, last: 360 },
  // The report is of 11 November 2017: what it counts had happened by then.
  { year: 2017, toChina: 22, toVietNam: 15, last: 308 },
  { year: 2018, toChina: 19, toVietNam: 12, last: 350 },
  { year: 2019, toChina: 21, toVietNam: 13, last: 350 },
  { year: 2020, toChina: 4, toVietNam: 2, last: 300 },
  { year: 2021, toChina: 3, toVietNam: 2, last: 300 },
  { year: 2022, toChina: 8, toVietNam: 6, last: 330 },
  { year: 2023, toChina: 14, toVietNam: 9, last: 340 },
  { year: 2024, toChina: 16, toVietNam: 10, last: 340 },
  { year: 2025, toChina: 18, toVietNam: 12, last: 340 },
];

const PASSES = ['youyi-guan', 'youyi-guan', 'dongxing', 'shuikou', 'hekou', 'longbang'] as const;
/** In these years Guangxi's cases are those of the conference of April 2019, which has a count of its own; see conference.ts. */
const IN_YUNNAN = 'hekou';
/** Fraud, drugs, smuggling of goods, tax evasion. */
const OFFENCES = ['0701', '0601', '08044', '08041'] as const;

const SOURCE_2017 = 'Invented to make up the published count of 2017; no such person';

/** What is special of a case of 2017: the source says that the fifteen include "a drug dealer and an illegal immigrant". */
const offenceOf = (year: number, direction: string, index: number): string => {
  if (year === 2017 && direction === 'CN-VN' && index < 2) return index === 0 ? '0601' : '0805';
  return OFFENCES[(index + year) % OFFENCES.length] as string;
};

type Year = (typeof YEARS)[number];

const fugitivesOf = ({ year, toChina, toVietNam, last }: Year, direction: Direction): readonly FugitiveCase[] => {
  const count = direction === 'VN-CN' ? toChina : toVietNam;
  return Array.from({ length: count }, (_, index) => ({
    key: `${year}-${direction}-${index + 1}`,
    number: year * 100 + (direction === 'VN-CN' ? 0 : 50) + index,
    requestingParty: direction === 'VN-CN' ? 'CN' : 'VN',
    handedOverOn: addDays(`${year}-01-05`, Math.floor((index * (last - 5)) / count)),
    pass: year === 2018 || year === 2019 ? IN_YUNNAN : (PASSES[(index + year) % PASSES.length] as string),
    offence: offenceOf(year, direction, index),
    // Every third person belongs to the affair of the one before.
    incident: `demo-${year}-${direction}-${index - (index % 3 === 2 ? 1 : 0)}`,
    source: year === 2017 ? SOURCE_2017 : INVENTED,
  }));
};

export const yearlyCases = (): readonly DemoStep[] =>
  YEARS.flatMap((year) =>
    (['VN-CN', 'CN-VN'] as const).flatMap((direction) => fugitivesOf(year, direction).flatMap(handedOverFugitive)),
  );

/** The fugitives of a year and a direction. */
export const fugitivesHandedOver = (year: number, direction: Direction): readonly FugitiveCase[] =>
  YEARS.filter((each) => each.year === year).flatMap((each) => fugitivesOf(each, direction));
