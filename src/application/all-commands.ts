import type { EffectiveEvent } from '../../domain/kernel/record.ts';
import type { RegisterKind } from '../../domain/kernel/register.ts';
import { REGISTERS } from '../../domain/stream-kinds.ts';
import { type CaseCommands, createCaseCommands } from './case-commands.ts';
import type { CommandDependencies, Commands } from './commands.ts';
import { createRegisterCommands, type RegisterCommands } from './register-commands.ts';

/** The commands of every kind of record. */
export interface AllCommands {
  readonly commands: CaseCommands;
  readonly registerCommands: (kind: RegisterKind) => RegisterCommands;
  /** Those of a category, for programs that take whatever comes. Throws where there is no such category. */
  readonly commandsOf: (category: string) => AnyCommands;
}

export type AnyCommands = Commands<unknown, EffectiveEvent>;

export const createAllCommands = (dependencies: CommandDependencies): AllCommands => {
  const commands = createCaseCommands(dependencies);
  const registerCommands = createRegisterCommands(dependencies);
  return {
    commands,
    registerCommands,
    commandsOf: (category) => {
      if (category === 'case') return commands as unknown as AnyCommands;
      const register = REGISTERS.find((kind) => kind.category === category);
      if (register === undefined) throw new Error(`there are no records of the category ${category}`);
      return registerCommands(register);
    },
  };
};
