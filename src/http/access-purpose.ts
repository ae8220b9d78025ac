import type { FastifyRequest } from 'fastify';
import { ACCESS_PURPOSES, type AccessPurpose } from '../../domain/access/purposes.ts';
import { invalidParameter, Problem } from './problem.ts';

/** What for somebody reads, and under which number that can be looked up. */
export interface GivenPurpose {
  readonly purpose: AccessPurpose;
  readonly reference?: string;
}

const HEADER = 'Access-Purpose';

const EXPECTED = `expected what it is read for, one of: ${ACCESS_PURPOSES.join(', ')}; a reference may follow, as in \`supervision; reference="2026/17"\``;

/** How a route documents the header. */
export const ACCESS_PURPOSE = {
  [HEADER]: {
    type: 'string',
    description:
      `What for a person's data are read; put on record with the read. Required of \`protection\`, and of the persons of cases also of the ` +
      `other side's officers and of ministries, unless it is their office's own case. One of: ${ACCESS_PURPOSES.join(', ')}; a reference ` +
      'may follow, as in `supervision; reference="2026/17"`, and is to name nobody',
  },
} as const;

/** An item with a parameter (RFC 9651): a token, and a string of visible ASCII. */
const ITEM = /^(?<purpose>[a-z-]+)(?: *; *reference="(?<reference>[\x20\x21\x23-\x5b\x5d-\x7e]{1,60})")?$/;

const isPurpose = (text: string | undefined): text is AccessPurpose =>
  (ACCESS_PURPOSES as readonly (string | undefined)[]).includes(text);

/** What for the sender of a request reads; undefined where it does not say. Throws Problem where it says it otherwise than is known. */
export const accessPurposeOf = ({ headers }: FastifyRequest): GivenPurpose | undefined => {
  const given = headers[HEADER.toLowerCase()];
  if (given === undefined) return undefined;
  const { purpose, reference } = ITEM.exec(String(given))?.groups ?? {};
  if (!isPurpose(purpose)) throw invalidParameter('header', HEADER, EXPECTED);
  return { purpose, ...(reference !== undefined && { reference }) };
};

/** The problem of a read that is not shown without a purpose. */
export const purposeRequired = (): Problem =>
  new Problem('purpose-required', `${HEADER}: ${EXPECTED}`, {
    faults: [{ in: 'header', name: HEADER, detail: EXPECTED }],
  });
