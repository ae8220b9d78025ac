import type { EffectiveEvent } from '../../domain/kernel/record.ts';
import type { RegisterKind, RegisterState } from '../../domain/kernel/register.ts';
import { type CommandDependencies, type Commands, createCommands } from './commands.ts';

export type RegisterCommands = Commands<RegisterState, EffectiveEvent>;

/** The commands of each register, made once for each. */
export const createRegisterCommands = (
  dependencies: CommandDependencies,
): ((kind: RegisterKind) => RegisterCommands) => {
  const made = new Map<RegisterKind, RegisterCommands>();
  return (kind) => {
    const commands = made.get(kind) ?? createCommands(kind, dependencies);
    made.set(kind, commands);
    return commands;
  };
};
