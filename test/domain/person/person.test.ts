import t from 'tap';
import { textSchema } from '../../../domain/kernel/text.ts';
import { type Person, particularsSchema, personSchema, withParticulars } from '../../../domain/person/person.ts';

const person: Person = {
  names: [
    { text: '阮文甲', script: 'Hans', role: 'native' },
    { text: 'NGUYỄN Văn A', script: 'Latn', role: 'sino-vietnamese', source: 'passport' },
  ],
  sex: 1,
  birthDate: { date: '1985-03', estimated: true },
  birthplace: 'Lạng Sơn',
  nationalityClaimed: 'VN',
  documents: [{ type: 'passport', number: 'B1234567', issuedBy: 'VN' }],
  relatives: [{ relation: 'sister', name: 'N. T. B.' }],
};

const faultsOf = (value: unknown) =>
  personSchema.safeParse(value).error?.issues.map(({ path, message }) => `/${path.join('/')}: ${message}`) ?? [];

t.test('a person has names as supplied, and what is known besides', async (t) => {
  t.same(personSchema.parse(person), person);
  t.same(personSchema.parse({ names: person.names }), { names: person.names });
});

t.test('birth dates may be partial', async (t) => {
  for (const date of ['1985', '1985-03', '1985-03-09']) t.same(faultsOf({ ...person, birthDate: { date } }), []);
  for (const date of ['85', '1985-13', '1985-02-30', 'about 1985']) {
    t.match(faultsOf({ ...person, birthDate: { date } }), [
      '/birthDate/date: expected what is known of the date: 1985, 1985-03 or 1985-03-09',
    ]);
  }
});

t.test('what is not a person is refused with what would be one', async (t) => {
  t.match(faultsOf({ ...person, names: [] }), [/^\/names: .*>=1/]);
  t.match(faultsOf({ ...person, sex: 3 }), [/^\/sex: expected 0 \(not known\), 1 \(male\), 2 \(female\) or 9/]);
  t.match(faultsOf({ ...person, nationalityClaimed: 'Vietnam' }), [
    /^\/nationalityClaimed: expected an ISO 3166-1 alpha-2 code/,
  ]);
  t.match(faultsOf({ ...person, names: [{ ...person.names[0], script: 'Cyrl' }] }), [/^\/names\/0\/script: .*Hans/]);
  t.match(faultsOf({ ...person, shoeSize: 40 }), [/Unrecognized key/]);
});

t.test('text is kept as written, but for white space around it', async (t) => {
  t.equal(textSchema(20).parse('  Đỗ Thị Ư '), 'Đỗ Thị Ư');
  t.match(textSchema(20).safeParse('   ').error?.issues[0]?.message, 'expected some text, not only white space');
  t.notOk(textSchema(3).safeParse('four').success);
});

t.test('what becomes known later is added to lists and replaces single values', async (t) => {
  const added = withParticulars(person, {
    names: [{ text: 'A Ba', script: 'Latn', role: 'alias' }],
    birthDate: { date: '1985-03-09' },
    documents: [{ type: 'identity-card', number: '0123' }],
    relatives: [{ relation: 'mother', name: 'T. T. C.' }],
  });
  t.same(
    added.names.map(({ text }) => text),
    ['阮文甲', 'NGUYỄN Văn A', 'A Ba'],
  );
  t.same(added.birthDate, { date: '1985-03-09' });
  t.same(
    added.documents?.map(({ number }) => number),
    ['B1234567', '0123'],
  );
  t.equal(added.relatives?.length, 2);
  t.equal(added.birthplace, 'Lạng Sơn');
  t.same(person.names.length, 2, 'and leaves the person as it was');
});

t.test('what nothing is known of stays away', async (t) => {
  const { names } = person;
  t.same(withParticulars({ names }, { residence: 'Tràng Định' }), { names, residence: 'Tràng Định' });
  t.same(particularsSchema.parse({}), {});
});
