import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Role } from '../../domain/kernel/roles.ts';
import type { Position } from '../event-log/port.ts';
import { invalidParameter } from './problem.ts';

/** Roles that see the same of a record. */
export type RoleClass = 'worker' | Exclude<Role, 'recorder' | 'liaison'>;

export const roleClassOf = (role: Role): RoleClass => (role === 'recorder' || role === 'liaison' ? 'worker' : role);

/** All that an answer depends on. */
export interface Representation {
  /** The stream revision that it shows; of what is made of many streams, the position in the log. */
  readonly revision: number | Position;
  /** The versions of what it was made by: of the view, of the shape. */
  readonly versions: readonly number[];
  /** Left out where the answer is the same for every role. */
  readonly roleClass?: RoleClass | undefined;
  /** What is shown besides, such as `person`. */
  readonly part?: string | undefined;
  /** Left out where the answer is the same in every language. */
  readonly language?: string | undefined;
}

/** A strong entity tag (RFC 9110, section 8.8.3), such as `"12.v2-1.worker.en"`. The same record under the same tag is the same byte for byte. */
export const entityTag = ({ revision, versions, roleClass, part, language }: Representation): string =>
  `"${revision}.v${versions.join('-')}${after(roleClass)}${after(part)}${after(language)}"`;

const after = (text: string | undefined): string => (text === undefined ? '' : `.${text}`);

const OUR_TAG = /^"(\d{1,9})(\.[\w.-]+)?"$/;

/**
 * The revision that `If-Match` names; undefined without the header, and for `*`, which names none. One tag is accepted, or a revision alone
 * in quotes (`"12"`). Throws Problem.
 */
export const expectedRevision = (request: FastifyRequest): number | undefined => {
  const header = request.headers['if-match'];
  if (header === undefined || header === '*') return undefined;
  const revision = OUR_TAG.exec(header)?.[1];
  if (revision === undefined) {
    throw invalidParameter(
      'header',
      'If-Match',
      'expected the ETag of the record as an answer gave it, such as "12.v2-1.worker"',
    );
  }
  return Number(revision);
};

/**
 * Gives the answer its entity tag, and answers 304 where the sender has it already (RFC 9110, section 13.1.2, weak comparison).
 * True where it did: nothing more is to be done.
 */
export const isNotModified = (request: FastifyRequest, reply: FastifyReply, tag: string): boolean => {
  reply.header('etag', tag);
  const header = request.headers['if-none-match'];
  if (header === undefined) return false;
  const same = header === '*' || header.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === tag);
  if (same) reply.code(304).send();
  return same;
};
