import { erasures } from '../../domain/erasure/kind.ts';
import { handovers, NAMED_CASE, OPEN_WORK } from '../../domain/handover/kind.ts';
import { reconciliations, TO_BE_COMPARED } from '../../domain/reconciliation/kind.ts';
import { compareBooks } from '../../domain/reconciliation/matching.ts';
import { createCaseQueries } from '../../projections/cases/query.ts';
import { builtReadModelExists, openForQueries } from '../../projections/database.ts';
import { createHandoverQueries } from '../../projections/handovers/query.ts';
import type { ProjectedReadModel } from '../../projections/read-models.ts';
import { createRegisterQueries } from '../../projections/registers/query.ts';
import { createContinuationProcess } from '../../src/application/continuation-process.ts';
import { createErasureProcess, UnderLegalHold } from '../../src/application/erasure-process.ts';
import { createMinutesProcess } from '../../src/application/minutes-process.ts';
import { createReconciliationProcess } from '../../src/application/reconciliation-process.ts';
import type { SimulatedNode } from './node.ts';

const MOST_AT_ONCE = 20;
const MOST_PASSES = 50;

/**
 * The background processes of a node, each step of which is one look at what its views have waiting. What fails is tried again at the next;
 * gives why it did. An order that a legal hold keeps waiting is no fault.
 */
export const workOff = async (
  node: SimulatedNode,
  directory: string,
  models: readonly ProjectedReadModel[],
): Promise<readonly Error[]> => {
  if (!models.every((model) => builtReadModelExists(directory, model))) return [];
  const database = openForQueries(directory, models);
  const registers = createRegisterQueries(database);
  const handoverQueries = createHandoverQueries(database);
  const minutesNaming = async (caseId: string): Promise<readonly string[]> => {
    const end = await node.log.head();
    if (end !== undefined && handoverQueries.position() < end) throw new Error('the views have not come so far yet');
    return registers.idsOf(handovers.category, NAMED_CASE, caseId, Number.MAX_SAFE_INTEGER);
  };
  const dependencies = { ...node, keys: node.vault };
  const work = [
    {
      ids: registers.idsOf(handovers.category, OPEN_WORK, String(true), MOST_AT_ONCE),
      ...createMinutesProcess(dependencies),
    },
    { ids: createCaseQueries(database).toBeContinued(MOST_AT_ONCE), ...createContinuationProcess(dependencies) },
    {
      ids: registers.idsOf(erasures.category, 'status', 'ordered', MOST_AT_ONCE),
      ...createErasureProcess({ ...node, minutesNaming }),
    },
    {
      ids: registers.idsOf(reconciliations.category, TO_BE_COMPARED, String(true), MOST_AT_ONCE),
      ...createReconciliationProcess({
        ...dependencies,
        handovers: handoverQueries,
        compare: async (books) => compareBooks(books),
      }),
    },
  ];
  const faults: Error[] = [];
  try {
    for (const { ids, workOff } of work) {
      for (const id of ids) {
        try {
          for (let passes = 0; !(await workOff(id)); passes++) {
            if (passes >= MOST_PASSES) throw new Error(`${id} is not worked off after ${MOST_PASSES} passes`);
          }
        } catch (error) {
          if (!(error instanceof UnderLegalHold)) faults.push(error as Error);
        }
      }
    }
    return faults;
  } finally {
    database.close();
  }
};
