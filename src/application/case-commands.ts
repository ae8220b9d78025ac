import type { RecordedCaseEvent } from '../../domain/case/history.ts';
import { caseStreams } from '../../domain/case/kind.ts';
import type { CaseState, EffectiveCaseEvent } from '../../domain/case/state.ts';
import { type CommandAnswer, type CommandDependencies, type Commands, createCommands } from './commands.ts';

export type CaseCommands = Commands<CaseState, EffectiveCaseEvent, RecordedCaseEvent>;
export type CaseAnswer = CommandAnswer<CaseState, EffectiveCaseEvent, RecordedCaseEvent>;

export const createCaseCommands = (dependencies: CommandDependencies): CaseCommands =>
  createCommands(caseStreams, dependencies);
