export interface Option {
  readonly type: 'string' | 'boolean';
  /** May be given several times; a list then. */
  readonly multiple?: true;
  readonly help: string;
}

/** A command of the command line. What it gives goes to standard output, how it gets on to standard error. */
export interface Command {
  readonly summary: string;
  /** What stands after the name besides options, as the usage shows it. */
  readonly parameters?: string;
  readonly options: Readonly<Record<string, Option>>;
  /** True where all of it was done. Throws UsageError where the call is wrong, and then nothing was begun. */
  run(values: Readonly<Record<string, unknown>>, parameters: readonly string[]): Promise<boolean>;
}

export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Writes how far something is to standard error, over itself on a terminal and in lines now and then elsewhere. */
export const progressOf = (what: string) => {
  let shown = 0;
  return {
    at: (done: number, of?: number): void => {
      const now = performance.now();
      const finished = done === of;
      if (!finished && now - shown < (process.stderr.isTTY ? 100 : 2_000)) return;
      shown = now;
      const line = `${what}: ${done}${of === undefined ? '' : ` of ${of}`}`;
      process.stderr.write(process.stderr.isTTY ? `\r${line}${finished ? '\n' : ''}` : `${line}\n`);
    },
  };
};
