import t from 'tap';
import { CODE_LISTS, labelOf } from '../../domain/code-lists.ts';
import { LANGUAGES } from '../../domain/reference/entry.ts';

const isHanzi = (text: string): boolean => /\p{Script=Han}/u.test(text);

for (const [list, entries] of Object.entries(CODE_LISTS)) {
  t.test(`${list}: codes are unique, and labelled in three languages, composed (NFC) and trimmed`, async (t) => {
    t.ok(entries.length > 0);
    t.equal(new Set(entries.map(({ code }) => code)).size, entries.length);
    for (const { code, labels } of entries) {
      t.same(Object.keys(labels), LANGUAGES, code);
      for (const language of LANGUAGES) {
        t.not(labels[language], '', code);
        t.equal(labels[language], labels[language].normalize('NFC').trim(), code);
        t.equal(isHanzi(labels[language]), language === 'zh-Hans', `${code} ${language}`);
        t.equal(labelOf(list, code, language), labels[language]);
      }
    }
  });
}

t.test('what is in no list has no label', async (t) => {
  t.throws(() => labelOf('case-statuses', 'sold', 'en'), /no sold in the list case-statuses/);
  t.throws(() => labelOf('spies', 'double', 'en'), /no double in the list spies/);
});
