import t from 'tap';
import { CATALOGUE, REFERENCE_LISTS } from '../../../domain/reference/catalogue.ts';
import type { ReferenceEntry } from '../../../domain/reference/entry.ts';

for (const name of REFERENCE_LISTS) {
  const entries: readonly ReferenceEntry[] = CATALOGUE[name];

  t.test(`${name}: codes are unique and made of plain characters`, async (t) => {
    t.equal(new Set(entries.map(({ code }) => code)).size, entries.length);
    for (const { code } of entries) t.match(code, /^[A-Za-z0-9]+([.-][A-Za-z0-9]+)*$/);
  });

  t.test(`${name}: intervals are not empty`, async (t) => {
    for (const { code, validFrom = '0000-01-01', validTo = '9999-12-31' } of entries) t.ok(validFrom < validTo, code);
  });
}
