import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Frame {
  readonly functionName: string;
  /** Of the source; empty for what is built into the engine. */
  readonly url: string;
}

interface Node {
  readonly id: number;
  readonly callFrame: Frame;
  readonly children?: readonly number[];
}

/** A file that `node --cpu-prof` writes for each thread. Times are in microseconds. */
interface CpuProfile {
  readonly nodes: readonly Node[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Where the processor time of one thread went. */
export interface ThreadProfile {
  /** The program that the thread runs. */
  readonly program: string;
  readonly busyMs: number;
  /** Milliseconds by the folder or package that the time was spent in or for, the most first: what Node and the engine do counts for who called them. */
  readonly byPart: readonly (readonly [string, number])[];
  /** Milliseconds by function, without those that it called. */
  readonly byFunction: readonly (readonly [string, number])[];
}

const IDLE = '(idle)';
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A file that is the whole program of a thread or of a process. */
const PROGRAM =
  /(bench\/[^/]+|bench\/(servers|programs)\/[^/]+|[^/]*worker|keep-view|keep-tree|replay-view|reconciling\/compare)\.ts$/;

const pathOf = (url: string): string => url.replace(/^file:\/\//, '').replace(ROOT, '');

/** `src/sealing`, `zod`, `bench`; undefined for Node's own sources and what has none. */
const partOf = (url: string): string | undefined => {
  const inPackage = /.*node_modules\/((@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (inPackage !== undefined) return inPackage;
  if (!url.startsWith('file:')) return undefined;
  return pathOf(url).split('/').slice(0, -1).slice(0, 2).join('/');
};

const nameOf = ({ functionName, url }: Frame): string => {
  const name = functionName === '' ? '(anonymous)' : functionName;
  return url === '' ? name : `${name} ${pathOf(url).replace(/.*node_modules\//, '')}`;
};

const added = (sums: Map<string, number>, name: string, microseconds: number): void => {
  sums.set(name, (sums.get(name) ?? 0) + microseconds);
};

const ranked = (sums: Map<string, number>): readonly (readonly [string, number])[] =>
  [...sums].map(([name, microseconds]) => [name, microseconds / 1_000] as const).sort((a, b) => b[1] - a[1]);

const readThread = ({ nodes, samples, timeDeltas }: CpuProfile): ThreadProfile => {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const callers = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const partFor = (id: number | undefined): string => {
    for (let at = id; at !== undefined; at = callers.get(at)) {
      const part = partOf((byId.get(at) as Node).callFrame.url);
      if (part !== undefined) return part;
    }
    return 'node itself';
  };
  const [byPart, byFunction] = [new Map<string, number>(), new Map<string, number>()];
  let busy = 0;
  for (const [index, id] of samples.entries()) {
    const { callFrame } = byId.get(id) as Node;
    const microseconds = timeDeltas[index] as number;
    if (callFrame.functionName === IDLE) continue;
    busy += microseconds;
    added(byFunction, nameOf(callFrame), microseconds);
    const ofEngine = /^\(.*\)$/.test(callFrame.functionName);
    added(byPart, ofEngine ? callFrame.functionName : partFor(id), microseconds);
  }
  const program = nodes.map(({ callFrame }) => pathOf(callFrame.url)).find((path) => PROGRAM.test(path));
  return {
    program: program ?? 'another program',
    busyMs: busy / 1_000,
    byPart: ranked(byPart),
    byFunction: ranked(byFunction),
  };
};

/** What the threads of all processes wrote into a folder, the busiest first. */
export const readProfiles = (directory: string): readonly ThreadProfile[] =>
  readdirSync(directory)
    .map((file) => readThread(JSON.parse(readFileSync(join(directory, file), 'utf8')) as CpuProfile))
    .sort((a, b) => b.busyMs - a.busyMs);
