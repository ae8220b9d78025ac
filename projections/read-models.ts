import { erasures } from '../domain/erasure/kind.ts';
import { REGISTERS } from '../domain/stream-kinds.ts';
import { accessProjection } from './access/project.ts';
import { caseStatusProjection } from './cases/project.ts';
import type { ReadModel } from './database.ts';
import { handoversProjection } from './handovers/project.ts';
import { historyProjection } from './history/project.ts';
import { ofCategories, ofCategory, type Projection, together } from './projection.ts';
import { registersProjection } from './registers/project.ts';

/** A group of views that are written together, to one file, by one thread. */
export interface ProjectedReadModel extends ReadModel {
  /** Of which events of the log it is made. */
  readonly of: 'records' | 'reads';
  readonly projection: Projection<readonly unknown[]>;
}

/** Where every case stands, with its person and what it is found by. */
export const CASES_READ_MODEL: ProjectedReadModel = {
  name: 'cases',
  of: 'records',
  version: 5,
  schema: ['cases', 'deadlines'],
  indexes: ['cases-indexes'],
  projection: together([ofCategories(['case', erasures.category], caseStatusProjection)]),
};

/** What was recorded, the handovers that count, and where the records of the registers stand. */
export const HISTORY_READ_MODEL: ProjectedReadModel = {
  name: 'history',
  of: 'records',
  version: 7,
  schema: ['record-numbers', 'history', 'handovers', 'registers', 'register-contributions', 'deadlines'],
  indexes: ['history-indexes', 'handovers-indexes', 'registers-indexes', 'register-contributions-indexes'],
  projection: together([
    historyProjection,
    ofCategory('case', handoversProjection),
    ofCategories(
      REGISTERS.map(({ category }) => category),
      registersProjection(REGISTERS),
    ),
  ]),
};

/** Who has read what is a person's. */
export const ACCESS_READ_MODEL: ProjectedReadModel = {
  name: 'access',
  of: 'reads',
  version: 3,
  schema: ['access'],
  indexes: ['access-indexes'],
  projection: together([accessProjection]),
};

/**
 * Every read model of a node, each built by itself and from the log alone. They are cut so that two threads have as much to do,
 * and that who reads is kept apart from what is read.
 */
export const READ_MODELS: readonly ProjectedReadModel[] = [CASES_READ_MODEL, HISTORY_READ_MODEL, ACCESS_READ_MODEL];
