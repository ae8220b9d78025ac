import { AT_NEW_YEAR } from './corrections.ts';
import { inventedPerson } from './people.ts';
import { type DemoStep, INVENTED, nextMorning, RECORDING_OFFICE, wordOf } from './step.ts';
import { fugitivesHandedOver } from './years.ts';

const YEAR = 2022;
const RECEIVED_ON = '2023-01-15';
const DOCUMENT = 'DEMO-LIST-2022';

/** A line that nobody has sent in yet, of somebody of whom this ledger knows nothing. */
const STILL_TO_COME = 1;

interface Person {
  readonly number: number;
  readonly handedOverOn: string;
  readonly pass: string;
}

/** As a list in Latin letters without marks gives a person. */
const lineOf = ({ handedOverOn, pass }: Person) => ({ date: handedOverOn, pass });
const personOf = ({ number }: Person, line: number) => {
  const { names, documents = [] } = inventedPerson(number, 'CN');
  return { line, names: [names.at(-1)?.text.toUpperCase() ?? ''], document: documents[0]?.number };
};

/**
 * Viet Nam's list of a year, of which the last line has not come in yet: with it the ledger compares. One handover of ours is not in it; one of
 * New Year's Eve is in it as of New Year. All of it is invented.
 */
export const reconciledYear = (): readonly DemoStep[] => {
  const [, ...listed] = fugitivesHandedOver(YEAR, 'VN-CN');
  const persons: readonly Person[] = [{ ...AT_NEW_YEAR, handedOverOn: `${YEAR}-01-01` }, ...listed];
  const common = {
    key: `reconciliation-${YEAR}`,
    category: 'reconciliation',
    recordedAt: nextMorning(RECEIVED_ON),
    office: RECORDING_OFFICE.ministry,
    occurredAt: RECEIVED_ON,
  };
  return [
    {
      ...common,
      type: 'list-received',
      ...wordOf('VN', DOCUMENT),
      particulars: {
        number: `DEMO-${YEAR} (invented)`,
        period: { from: `${YEAR}-01-01`, to: `${YEAR}-12-31` },
        directions: ['VN-CN'],
        kinds: ['fugitive'],
        listed: persons.length + STILL_TO_COME,
      },
      data: { source: INVENTED },
    },
    {
      ...common,
      recordedAt: nextMorning(RECEIVED_ON).replace('T02:00', 'T02:30'),
      type: 'lines-listed',
      data: { lines: persons.map(lineOf), persons: persons.map(personOf), source: INVENTED },
    },
  ];
};
