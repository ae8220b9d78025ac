import type { FastifyPluginAsync } from 'fastify';
import type { RegisterKind } from '../../../domain/kernel/register.ts';
import { reconciliations } from '../../../domain/reconciliation/kind.ts';
import { REGISTERS } from '../../../domain/stream-kinds.ts';
import type { RegisterCommands } from '../../application/all-commands.ts';
import { type AccessRecording, accessRecording } from '../../plugins/access-recording.ts';
import { builtViews } from '../../plugins/built-views.ts';
import { idempotency } from '../../plugins/idempotency.ts';
import { minEventPosition } from '../../plugins/min-event-position.ts';
import type { Projector } from '../../projecting/projector.ts';
import { type AccessQueryDependencies, accessQueryRoutes } from './access/queries.ts';
import { type CaseCommandDependencies, caseCommandRoutes } from './cases/commands.ts';
import { type PersonQueryDependencies, personQueryRoutes } from './cases/person-queries.ts';
import { type CaseQueryDependencies, caseQueryRoutes } from './cases/queries.ts';
import { caseStepRoutes } from './cases/steps.ts';
import { type DeadlineQueryDependencies, deadlineQueryRoutes } from './deadlines/queries.ts';
import { dueForErasureRoutes } from './erasures/due.ts';
import { feedRoutes } from './events/queries.ts';
import { diffRoutes } from './handovers/diff.ts';
import { minutesLinesRoutes } from './handovers/minutes-lines.ts';
import { type HandoverQueryDependencies, handoverQueryRoutes } from './handovers/queries.ts';
import { worklistRoutes } from './handovers/worklist.ts';
import { lifecycleRoutes } from './lifecycles/queries.ts';
import { provenanceRoutes } from './provenance.ts';
import { comparedLinesRoutes } from './reconciliations/lines.ts';
import { listCommandRoutes } from './reconciliations/list-commands.ts';
import { referenceRoutes } from './reference/queries.ts';
import { registerCommandRoutes } from './registers/commands.ts';
import { type RegisterQueryDependencies, registerQueryRoutes } from './registers/queries.ts';
import { type ReplayDependencies, replayCommandRoutes } from './replays/commands.ts';
import { replayQueryRoutes } from './replays/queries.ts';
import type { ReportQueryDependencies } from './reports/asked.ts';
import { behindReportRoutes } from './reports/behind.ts';
import { reportQueryRoutes } from './reports/queries.ts';
import { type TransparencyQueryDependencies, transparencyRoutes } from './transparency/queries.ts';

export interface Version1Dependencies
  extends CaseCommandDependencies,
    CaseQueryDependencies,
    PersonQueryDependencies,
    DeadlineQueryDependencies,
    HandoverQueryDependencies,
    ReportQueryDependencies,
    TransparencyQueryDependencies,
    ReplayDependencies,
    AccessRecording,
    AccessQueryDependencies,
    Omit<RegisterQueryDependencies, 'kind'> {
  readonly registerCommands: (kind: RegisterKind) => RegisterCommands;
  /** How far the views have come. */
  readonly progress: Pick<Projector, 'built' | 'waitUntilBuilt' | 'scanned' | 'onProgress' | 'waitUntilScanned'>;
}

/** Version 1 of the REST interface. */
export const version1: FastifyPluginAsync<Version1Dependencies & { readonly prefix: string }> = async (
  app,
  // The prefix holds for all of them already.
  { prefix: _, ...dependencies },
) => {
  await app.register(idempotency);
  await app.register(accessRecording, dependencies);
  await app.register(caseCommandRoutes, dependencies);
  for (const kind of REGISTERS) {
    await app.register(registerCommandRoutes, {
      kind,
      commands: dependencies.registerCommands(kind),
      ledgerName: dependencies.ledgerName,
    });
  }
  await app.register(listCommandRoutes, { commands: dependencies.registerCommands(reconciliations) });
  await app.register(referenceRoutes);
  await app.register(lifecycleRoutes);
  await app.register(async (views) => {
    await views.register(builtViews, { views: dependencies.progress });
    await views.register(minEventPosition, dependencies.progress);
    await views.register(caseQueryRoutes, dependencies);
    await views.register(caseStepRoutes, dependencies);
    await views.register(personQueryRoutes, dependencies);
    await views.register(deadlineQueryRoutes, dependencies);
    await views.register(handoverQueryRoutes, dependencies);
    await views.register(diffRoutes, dependencies);
    await views.register(worklistRoutes, dependencies);
    await views.register(reportQueryRoutes, dependencies);
    await views.register(behindReportRoutes, dependencies);
    await views.register(minutesLinesRoutes, dependencies);
    await views.register(replayCommandRoutes, dependencies);
    await views.register(replayQueryRoutes, dependencies);
    await views.register(comparedLinesRoutes, dependencies);
    for (const kind of REGISTERS) await views.register(registerQueryRoutes, { ...dependencies, kind });
    await views.register(provenanceRoutes, dependencies);
    await views.register(dueForErasureRoutes, dependencies);
    await views.register(transparencyRoutes, dependencies);
    await views.register(accessQueryRoutes, dependencies);
    await views.register(feedRoutes, dependencies);
  });
};
