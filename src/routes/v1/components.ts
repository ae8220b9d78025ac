import { caseInput } from '../../../domain/case/decide.ts';
import { caseEvents } from '../../../domain/case/events.ts';
import { openCaseSchema } from '../../../domain/case/opening.ts';
import { REGISTERS } from '../../../domain/stream-kinds.ts';
import { caseSchema } from './cases/representation.ts';
import { commandComponents } from './event-schemas.ts';
import { namesOf, registerSchema } from './registers/representation.ts';

/** The components of the OpenAPI document that version 1 names: the bodies of its commands, and what it answers. */
export const version1Components = {
  schemas: {
    Case: caseSchema,
    ...Object.fromEntries(REGISTERS.map((kind) => [namesOf(kind).one, registerSchema(kind)])),
  },
  commands: () => ({
    ...commandComponents({
      name: 'Case',
      types: Object.keys(caseEvents),
      input: caseInput,
      openSchema: openCaseSchema,
    }),
    ...Object.assign(
      {},
      ...REGISTERS.map((kind) => {
        const { rules, input, openSchema } = kind;
        return commandComponents({
          name: namesOf(kind).one,
          types: Object.keys(rules.shapes).filter((type) => type !== kind.register.opening.type),
          input,
          openSchema,
        });
      }),
    ),
  }),
};
