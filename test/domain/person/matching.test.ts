import fc from 'fast-check';
import t from 'tap';
import { birthDatesAgree } from '../../../domain/person/birth-date.ts';
import { compareMatches, matchPersons } from '../../../domain/person/matching.ts';
import { likenessOf, nearKeys } from '../../../domain/person/name-likeness.ts';
import { isSameDocument } from '../../../domain/person/numbers.ts';
import type { Person } from '../../../domain/person/person.ts';

const named = (text: string, more: Partial<Person> = {}): Person => ({
  names: [{ text, script: 'Latn', role: 'native' }],
  ...more,
});
const born = (date: string, estimated?: boolean): Partial<Person> => ({ birthDate: { date, estimated } });
const codesOf = (a: Person, b: Person) => matchPersons(a, b).map(({ code }) => code);

t.test('names are the same whatever the document makes of them', async (t) => {
  for (const [a, b] of [
    ['Nguyễn Văn Đạt', 'NGUYEN VAN DAT'],
    ['Nguyễn Văn Đạt', 'Đạt, Nguyễn Văn'],
    ['Lü Mou', 'LYU MOU'],
    ['Li Xiao-ming', 'LI XIAO MING'],
    ['李 晓明', '李晓明'],
  ] as const) {
    t.equal(likenessOf(a, b), 'same', `${a} ${b}`);
  }
});

t.test('names are similar that differ in one place, where that leaves enough', async (t) => {
  for (const [a, b, expected] of [
    ['Nguyen Van Dat', 'Nguyen Van Dac', 'similar'],
    ['Nguyen Van Dat', 'Nguyen Dat', 'similar'],
    ['Nguyen Van Dat', 'Nguyen Thi Hoa', undefined],
    ['Li Na', 'Li Ya', undefined],
    ['Li Na', 'Wang Na', undefined],
    ['Nguyen', 'Nguyen Van Dat', undefined],
    ['李晓明', '李小明', 'similar'],
    ['李晓明', '李明', 'similar'],
    ['李明', '王明', undefined],
    ['李', '李明', undefined],
    ['李晓明', 'Li Xiaoming', undefined],
  ] as const) {
    t.equal(likenessOf(a, b), expected, `${a} ${b}`);
  }
});

t.test('birth dates agree as far as each is known', async (t) => {
  for (const [a, b, expected] of [
    [{ date: '1985-03-09' }, { date: '1985-03-09' }, 'same'],
    [{ date: '1985-03-09' }, { date: '1985-03' }, 'compatible'],
    [{ date: '1985-03-09' }, { date: '1985' }, 'compatible'],
    [{ date: '1985-03' }, { date: '1985-04' }, 'contradicts'],
    [{ date: '1985-03-09' }, { date: '1985-03-10' }, 'contradicts'],
    [{ date: '1985', estimated: true }, { date: '1987-12-31' }, 'compatible'],
    [{ date: '1985', estimated: true }, { date: '1988-01-01' }, 'contradicts'],
    [{ date: '1985', estimated: true }, { date: '1989', estimated: true }, 'compatible'],
    [{ date: '1985-03-09', estimated: true }, { date: '1985-03-09' }, 'compatible'],
  ] as const) {
    t.equal(birthDatesAgree(a, b), expected, `${a.date} ${b.date}`);
  }
});

t.test('a document is the same by its number, unless its sort or its issuer is another', async (t) => {
  const passport = { type: 'passport', number: 'C 123-456', issuedBy: 'VN' } as const;
  t.ok(isSameDocument(passport, { type: 'other', number: 'c123456' }));
  t.notOk(isSameDocument(passport, { ...passport, issuedBy: 'CN' }));
  t.notOk(isSameDocument(passport, { ...passport, type: 'identity-card' }));
  t.notOk(isSameDocument(passport, { ...passport, number: 'C 123-457' }));
});

t.test('persons match by a document or a name, and by a similar name with a birth date that fits', async (t) => {
  const documents: Person['documents'] = [{ type: 'passport', number: 'C1' }];
  t.same(codesOf(named('A B', { documents }), named('Nguyen Van Dat', { documents })), ['same-document']);
  t.same(codesOf(named('Nguyen Van Dat'), named('Nguyễn Văn Đạt')), ['same-name']);
  t.same(codesOf(named('Nguyen Van Dat'), named('Nguyen Van Dac')), []);
  t.same(codesOf(named('Nguyen Van Dat', born('1985')), named('Nguyen Van Dac', born('1985-03'))), [
    'similar-name',
    'birth-date-compatible',
  ]);
  t.same(codesOf(named('Nguyen Van Dat', born('1985')), named('Nguyen Van Dac', born('1986'))), []);
  t.same(codesOf(named('Nguyen Van Dat', born('1985')), named('Le Thi Hoa', born('1985'))), []);
  t.same(
    codesOf(
      named('Nguyen Van Dat', { ...born('1985'), nationalityClaimed: 'VN', sex: 1 }),
      named('Nguyen Van Dat', { ...born('1990'), nationalityClaimed: 'CN', sex: 2 }),
    ),
    ['same-name', 'birth-date-contradicts', 'nationality-differs', 'sex-differs'],
  );
  t.same(
    codesOf(
      named('Nguyen Van Dat', { nationalityClaimed: 'VN', sex: 0 }),
      named('Nguyen Van Dat', { nationalityClaimed: 'VN', sex: 2 }),
    ),
    ['same-name', 'same-nationality'],
  );
});

t.test('what speaks most for one person comes first', async (t) => {
  const own = named('Nguyen Van Dat', { ...born('1985-03-09'), documents: [{ type: 'passport', number: 'C1' }] });
  const others = [
    named('Le Van C', { documents: [{ type: 'passport', number: 'C1' }] }),
    named('Nguyen Van Dat', born('1985-03-09')),
    named('Nguyen Van Dat', born('1985')),
    named('Nguyen Van Dat'),
    named('Nguyen Van Dat', born('1990')),
    named('Nguyen Van Dac', born('1985')),
  ];
  const matches = others.map((other) => matchPersons(own, other));
  t.same(matches.toReversed().sort(compareMatches), matches);
});

const VIETNAMESE = ['Nguyễn', 'Văn', 'Đạt', 'Thị', 'Hoa', 'Trần', 'Ngọc', 'Dũng', 'Lữ'];
const HANZI = ['李', '晓', '明', '吕', '某', '王', '阮', '文'];
const name = fc.oneof(
  fc.array(fc.constantFrom(...VIETNAMESE), { minLength: 1, maxLength: 4 }).map((words) => words.join(' ')),
  fc.array(fc.constantFrom(...HANZI), { minLength: 1, maxLength: 4 }).map((characters) => characters.join('')),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
);
const person: fc.Arbitrary<Person> = fc.record(
  {
    names: fc.array(
      name.map((text) => ({ text, script: 'Latn', role: 'native' }) as const),
      { minLength: 1, maxLength: 3 },
    ),
    birthDate: fc.record({
      date: fc.constantFrom('1985', '1985-03', '1985-03-09', '1985-03-10', '1987', '1990-01-01'),
      estimated: fc.boolean(),
    }),
    nationalityClaimed: fc.constantFrom('CN', 'VN'),
    sex: fc.constantFrom(0, 1, 2, 9),
    documents: fc.array(
      fc.record({ type: fc.constantFrom('passport', 'other'), number: fc.constantFrom('C 1', 'c-1', 'C2') }),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: ['names'] },
) as fc.Arbitrary<Person>;

t.test('whether two persons match does not depend on which of them is asked about', async () => {
  fc.assert(
    fc.property(person, person, (a, b) => {
      const swapped = matchPersons(b, a).map(({ code, forms: [one, other] }) => `${code} ${other} ${one}`);
      const given = matchPersons(a, b).map(({ code, forms: [one, other] }) => `${code} ${one} ${other}`);
      return JSON.stringify(given.toSorted()) === JSON.stringify(swapped.toSorted());
    }),
  );
});

t.test('a name matches itself, composed or decomposed, with and without its marks', async () => {
  fc.assert(
    fc.property(fc.constantFrom('NFC', 'NFD', 'NFKC', 'NFKD'), name, (form, text) => {
      const likeness = likenessOf(text, text.normalize(form));
      return likeness === 'same' || likenessOf(text, text) === undefined;
    }),
  );
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...VIETNAMESE), { minLength: 1, maxLength: 4 }), (words) => {
      const bare = words.join(' ').normalize('NFD').replace(/\p{M}/gu, '').replace(/[Đđ]/g, 'd');
      return likenessOf(words.join(' '), bare.toUpperCase()) === 'same';
    }),
  );
});

t.test('names that differ in one of several parts have a key in common, by which they are found', async () => {
  const words = fc.array(fc.constantFrom(...VIETNAMESE), { minLength: 3, maxLength: 4 });
  fc.assert(
    fc.property(words, fc.nat(3), fc.boolean(), (parts, index, isLeftOut) => {
      const other = isLeftOut ? parts.toSpliced(index % parts.length, 1) : parts.with(index % parts.length, 'Khác');
      const keys = new Set(nearKeys(other.join(' ')));
      return nearKeys(parts.join(' ')).some((key) => keys.has(key));
    }),
  );
});
