import type { FastifyPluginAsync } from 'fastify';
import { validatorCompiler } from '../../http/validation.ts';
import { idempotency } from '../../plugins/idempotency.ts';
import { type CaseCommandDependencies, caseCommandRoutes } from './cases/commands.ts';
import { lifecycleRoutes } from './lifecycles/queries.ts';
import { referenceRoutes } from './reference/queries.ts';

/** Version 1 of the REST interface. */
export const version1: FastifyPluginAsync<CaseCommandDependencies> = async (app, { commands, ledgerName }) => {
  app.setValidatorCompiler(validatorCompiler);
  // Answers are made by typed functions and mostly sent as text; the tests hold each of them to its schema.
  app.setSerializerCompiler(() => JSON.stringify);
  await app.register(idempotency);
  await app.register(caseCommandRoutes, { commands, ledgerName });
  await app.register(referenceRoutes);
  await app.register(lifecycleRoutes);
};
