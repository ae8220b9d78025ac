import t from 'tap';
import { CATALOGUE, REFERENCE_LISTS } from '../../../domain/reference/catalogue.ts';
import { LANGUAGES, type ReferenceEntry } from '../../../domain/reference/entry.ts';

const isHanzi = (text: string): boolean => /\p{Script=Han}/u.test(text);

for (const name of REFERENCE_LISTS) {
  const entries: readonly ReferenceEntry[] = CATALOGUE[name];

  t.test(`${name}: codes are unique and made of plain characters`, async (t) => {
    t.equal(new Set(entries.map(({ code }) => code)).size, entries.length);
    for (const { code } of entries) t.match(code, /^[A-Za-z0-9]+([.-][A-Za-z0-9]+)*$/);
  });

  t.test(`${name}: every entry is labelled in three languages, composed (NFC) and trimmed`, async (t) => {
    for (const { code, labels } of entries) {
      t.same(Object.keys(labels), LANGUAGES, code);
      for (const language of LANGUAGES) {
        t.not(labels[language], '', code);
        t.equal(labels[language], labels[language].normalize('NFC').trim(), code);
        t.equal(isHanzi(labels[language]), language === 'zh-Hans', `${code} ${language}`);
      }
    }
  });

  t.test(`${name}: intervals are not empty`, async (t) => {
    for (const { code, validFrom = '0000-01-01', validTo = '9999-12-31' } of entries) t.ok(validFrom < validTo, code);
  });
}
