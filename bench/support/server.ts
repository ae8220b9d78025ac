import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import packageJson from '../../package.json' with { type: 'json' };

/** A server in a process of its own, on a port of its own choice. */
export interface BenchServer {
  readonly address: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** The flags of Node, and the environment, with which `npm start` runs the service. */
const words = packageJson.scripts.start.split(' ');
const FLAGS = words.filter((word) => word.startsWith('--'));
const ENVIRONMENT = Object.fromEntries(words.filter((word) => /^[A-Z_]+=/.test(word)).map((word) => word.split('=')));

/** Starts a program of this folder that prints its address as its first line; with the flags of `npm start`, and those of this process, so that a profiler is on in both. */
export const startServer = async (
  program: string,
  environment: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
): Promise<BenchServer> => {
  const file = fileURLToPath(new URL(`../${program}`, import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [...FLAGS, ...process.execArgv, file, ...args], {
    env: { ...process.env, ...ENVIRONMENT, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const address = await Promise.race([
    once(child.stdout as NodeJS.ReadableStream, 'data').then(([chunk]) => String(chunk).trim()),
    exited.then(([code]) => {
      throw new Error(`${program} ended with ${code} before it served`);
    }),
  ]);
  return {
    address,
    pid: child.pid as number,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
};
