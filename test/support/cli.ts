import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Test } from 'tap';

const PROGRAM = new URL('../../src/cli.ts', import.meta.url).pathname;
const SERVER = new URL('../../src/main.ts', import.meta.url).pathname;

type Environment = Readonly<Record<string, string>>;

const OURS =
  /^(HOST|PORT|DATA_DIR|EVENT_STORE|LEDGER_\w+|AUTH_ISSUERS|KEY_ENCRYPTION_KEY_FILE|CHECKPOINT_KEY_FILE|WITNESS\w*|ACCESS_\w+|LOG_LEVEL)$/;

/** The environment of this process, without what configures a ledger. */
const clean = (environment: Environment): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !OURS.test(name))),
  ...environment,
});

/** `under`: a command that runs the program and is taken over by it, as `nice` does. */
const start = (
  program: string,
  args: readonly string[],
  environment: Environment,
  under: readonly string[] = [],
): ChildProcess => {
  const ours = [process.execPath, '--disable-warning=ExperimentalWarning', program, ...args];
  const [command, ...rest] = [...under, ...ours] as [string, ...string[]];
  return spawn(command, rest, { env: clean(environment), stdio: ['pipe', 'pipe', 'pipe'] });
};

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Collects what a process writes, and calls back at each piece. */
const collect = (child: ChildProcess, onText: () => void = () => {}) => {
  const text = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.setEncoding('utf8').on('data', (chunk: string) => {
      text[stream] += chunk;
      onText();
    });
  }
  return text;
};

/** Runs a command to its end. */
export const cli = async (args: readonly string[], environment: Environment = {}, input = ''): Promise<Ended> => {
  const child = start(PROGRAM, args, environment);
  const text = collect(child);
  child.stdin?.on('error', () => {}).end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...text };
};

export interface Serving {
  readonly address: string;
  /** What it wrote so far. */
  written(): { readonly stdout: string; readonly stderr: string };
  /** Asks it to stop, as a person does, and gives its exit code. */
  stop(): Promise<number | null>;
  /** `kill -9`. */
  kill(): Promise<void>;
}

export interface Started extends Omit<Serving, 'address'> {
  /** Where it listens, once it does. Rejects where it ends before. */
  readonly listens: Promise<string>;
}

/** A program that serves: the service, the demonstration, or one of a test's own with its arguments. */
export type ServingProgram = 'main' | 'demo' | readonly [program: string, ...args: string[]];

const programOf = (what: ServingProgram): readonly [string, ...string[]] => {
  if (what === 'main') return [SERVER];
  return what === 'demo' ? [PROGRAM, 'demo'] : what;
};

/** Starts what serves, perhaps `under` another command; it ends with the test. */
export const starting = (
  t: Test,
  environment: Environment,
  what: ServingProgram = 'main',
  under: readonly string[] = [],
): Started => {
  const [program, ...args] = programOf(what);
  const child = start(program, args, { HOST: '127.0.0.1', PORT: '0', ...environment }, under);
  const closed = once(child, 'close') as Promise<[number | null]>;
  t.after(async () => {
    child.kill('SIGKILL');
    await closed;
  });
  let look = (): void => {};
  const text = collect(child, () => look());
  const listens = new Promise<string>((resolve, reject) => {
    look = () => {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(text.stdout)?.[0];
      if (found !== undefined && (what !== 'demo' || text.stdout.includes('Stop with Ctrl-C'))) resolve(found);
    };
    closed.then(([code]) => reject(new Error(`it ended with ${code}: ${text.stderr}${text.stdout}`)), reject);
  });
  listens.catch(() => {}); // Whoever waits for it is told.
  return {
    listens,
    written: () => text,
    stop: async () => {
      child.kill('SIGTERM');
      return (await closed)[0];
    },
    kill: async () => {
      child.kill('SIGKILL');
      await closed;
    },
  };
};

/** Runs the service, or the demonstration, until it listens; it ends with the test. Throws where it ends before. */
export const serving = async (t: Test, environment: Environment, what: 'main' | 'demo' = 'main'): Promise<Serving> => {
  const { listens, ...process } = starting(t, environment, what);
  return { address: await listens, ...process };
};
