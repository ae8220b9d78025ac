import type { Side } from '../../domain/kernel/sides.ts';
import type { Person, PersonName } from '../../domain/person/person.ts';
import { INVENTED } from './step.ts';

// Family names that are common on either side, each with initials that belong to nobody.
const CHINESE: readonly (readonly [hanzi: string, pinyin: string])[] = [
  ['李', 'Li'],
  ['王', 'Wang'],
  ['张', 'Zhang'],
  ['黄', 'Huang'],
  ['韦', 'Wei'],
  ['陆', 'Lu'],
  ['农', 'Nong'],
  ['吕', 'Lü'],
];
const VIETNAMESE = ['Nguyễn', 'Trần', 'Lê', 'Hoàng', 'Đinh', 'Nông', 'Vũ', 'Đặng'] as const;
const LETTERS = 'ABCDEGHKLMNPQTVX';

const letter = (index: number): string => LETTERS[index % LETTERS.length] as string;

/** A person who does not exist, the same for the same number: family name and initials, in the scripts of their side. */
export const inventedPerson = (number: number, nationality: Side): Person => ({
  names: nationality === 'CN' ? chineseNames(number) : vietnameseNames(number),
  sex: number % 5 === 0 ? 2 : 1,
  birthDate: { date: String(1960 + (number % 40)), estimated: true },
  nationalityClaimed: nationality,
  documents: [{ type: 'other', number: `DEMO-${String(number).padStart(6, '0')}`, issuedBy: nationality }],
});

const chineseNames = (number: number): PersonName[] => {
  const [hanzi, pinyin] = CHINESE[number % CHINESE.length] as (typeof CHINESE)[number];
  return [
    // 某 stands for a name that is not given, as in published judgments.
    { text: `${hanzi}某${letter(number)}`, script: 'Hans', role: 'native', source: INVENTED },
    { text: `${pinyin} ${letter(number)}.`, script: 'Latn', role: 'pinyin', source: INVENTED },
  ];
};

const vietnameseNames = (number: number): PersonName[] => [
  {
    text: `${VIETNAMESE[number % VIETNAMESE.length]} ${letter(number)}. ${letter(number * 7 + 3)}.`,
    script: 'Latn',
    role: 'native',
    source: INVENTED,
  },
];
