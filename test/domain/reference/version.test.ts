import { createHash } from 'node:crypto';
import t from 'tap';
import { CATALOGUE } from '../../../domain/reference/catalogue.ts';
import { REFERENCE_VERSION } from '../../../domain/reference/version.ts';

/** SHA-256 of the catalogue's JSON under every version that there was. Lines are added, never changed. */
const DIGESTS: Readonly<Record<string, string>> = {
  1: '4a98b7a87e8c082c6ad5dd33419e10d0388087947741cc38fb489cc65f017728',
  2: '16862f909ebc71b71db6df9a077242224548a89ae828eb1f16cf8a5584da1c3e',
  3: 'ffc387a85fd094815c9b63b1f35bd11b392507c8540f72f93dc479b1afd8ffb8',
  4: 'feccd5a7b78c1923ea27ab0d983475f01e29f24a819cb4445c4fba9d55eeca8e',
  5: 'b3cc43fe91ba53ad607b0cd4ace7737ab0653e724cdf9a6e9e7ab4b02ac89f79',
};

t.test('the reference data are those of their version', async (t) => {
  const digest = createHash('sha256').update(JSON.stringify(CATALOGUE)).digest('hex');
  t.equal(
    digest,
    DIGESTS[REFERENCE_VERSION],
    'The reference data are not those of this version. Give REFERENCE_VERSION in domain/reference/version.ts the next number ' +
      `and add it to DIGESTS in this file, with '${digest}'`,
  );
});

t.test('the version is the latest one', async (t) => {
  t.equal(REFERENCE_VERSION, Object.keys(DIGESTS).at(-1));
});
