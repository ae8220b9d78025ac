import type { EffectiveEvent } from '../../domain/kernel/record.ts';
import type { RegisterKind, RegisterState } from '../../domain/kernel/register.ts';
import { REGISTERS } from '../../domain/stream-kinds.ts';
import { type CaseCommands, createCaseCommands } from './case-commands.ts';
import { type CommandDependencies, type Commands, createCommands } from './commands.ts';
import { createRecords, type Records } from './records.ts';

export type RegisterCommands = Commands<RegisterState, EffectiveEvent>;

/** The commands of every kind of record. */
export interface AllCommands {
  readonly records: Records;
  readonly commands: CaseCommands;
  readonly registerCommands: (kind: RegisterKind) => RegisterCommands;
  /** Those of a category, for programs that take whatever comes. Throws where there is no such category. */
  readonly commandsOf: (category: string) => Commands<unknown, EffectiveEvent>;
}

export const createAllCommands = (given: Omit<CommandDependencies, 'records'>): AllCommands => {
  const dependencies = { ...given, records: createRecords(given.log) };
  const commands = createCaseCommands(dependencies);
  const ofRegisters = new Map(REGISTERS.map((kind) => [kind.category, createCommands(kind, dependencies)]));
  const ofRegister = (category: string): RegisterCommands => {
    const found = ofRegisters.get(category);
    if (found === undefined) throw new Error(`there are no records of the category ${category}`);
    return found;
  };
  return {
    records: dependencies.records,
    commands,
    registerCommands: ({ category }) => ofRegister(category),
    commandsOf: (category) =>
      category === 'case' ? (commands as unknown as Commands<unknown, EffectiveEvent>) : ofRegister(category),
  };
};
