import type { FastifyPluginAsync } from 'fastify';
import { validatorCompiler } from '../../http/validation.ts';
import { builtViews } from '../../plugins/built-views.ts';
import { idempotency } from '../../plugins/idempotency.ts';
import { minEventPosition } from '../../plugins/min-event-position.ts';
import type { Projector } from '../../projecting/projector.ts';
import { type CaseCommandDependencies, caseCommandRoutes } from './cases/commands.ts';
import { type CaseQueryDependencies, caseQueryRoutes } from './cases/queries.ts';
import { feedRoutes } from './events/queries.ts';
import { type HandoverQueryDependencies, handoverQueryRoutes } from './handovers/queries.ts';
import { lifecycleRoutes } from './lifecycles/queries.ts';
import { referenceRoutes } from './reference/queries.ts';

export interface Version1Dependencies
  extends CaseCommandDependencies,
    CaseQueryDependencies,
    HandoverQueryDependencies {
  /** How far the views have come. */
  readonly progress: Pick<Projector, 'built' | 'waitUntilBuilt' | 'scanned' | 'onProgress' | 'waitUntilScanned'>;
}

/** Version 1 of the REST interface. */
export const version1: FastifyPluginAsync<Version1Dependencies & { readonly prefix: string }> = async (
  app,
  // The prefix holds for all of them already.
  { prefix: _, ...dependencies },
) => {
  app.setValidatorCompiler(validatorCompiler);
  // Answers are made by typed functions and mostly sent as text; the tests hold each of them to its schema.
  app.setSerializerCompiler(() => JSON.stringify);
  await app.register(idempotency);
  await app.register(caseCommandRoutes, dependencies);
  await app.register(referenceRoutes);
  await app.register(lifecycleRoutes);
  await app.register(async (views) => {
    await views.register(builtViews, { views: dependencies.progress });
    await views.register(minEventPosition, dependencies.progress);
    await views.register(caseQueryRoutes, dependencies);
    await views.register(handoverQueryRoutes, dependencies);
    await views.register(feedRoutes, dependencies);
  });
};
