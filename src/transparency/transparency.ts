import { once } from 'node:events';
import type { Order } from '../background/orders.ts';
import { startInBackground } from '../background/start.ts';
import type { EventLogLocation } from '../event-log/open.ts';
import type { EventLog } from '../event-log/port.ts';
import { eventually } from '../eventually.ts';
import type { TreeReport, TreeTask } from './keep-tree.ts';
import { formatVerifierKey, type SignerKey, type VerifierKey } from './note.ts';
import { publishCheckpoint } from './publisher.ts';
import { makeTree, openTree, type TreeQueries } from './tree-file.ts';
import { RECORDS_TREE, type TreeStreams } from './tree-streams.ts';
import { haveCosigned, type WitnessServer } from './witness-client.ts';

/** At most so often a checkpoint is signed: within this time after an event there is a proof of it. */
const CHECKPOINT_EVERY_MS = 5_000;

/** What a node says of the tree of its log, besides the tree itself. */
export interface TransparencyStatus {
  /** Why the tree does not go on, or is not signed; undefined where all is well. */
  readonly failure: string | undefined;
  readonly witnesses: readonly WitnessStatus[];
}

export interface WitnessStatus {
  readonly name: string;
  readonly url: string;
  /** Why it has not cosigned the last time; undefined where it has. */
  readonly failure: string | undefined;
}

/** The tree of a node's log: kept, signed and countersigned. */
export interface Transparency {
  readonly tree: TreeQueries;
  /** Under which the log signs. */
  readonly key: VerifierKey;
  status(): TransparencyStatus;
  close(): Promise<void>;
}

export interface TransparencyOptions {
  readonly directory: string;
  /** Where the largest checkpoint that was signed is kept; it outlives the tree. */
  readonly signedForFile: string;
  readonly location: EventLogLocation;
  readonly log: EventLog;
  readonly signer: SignerKey;
  readonly witnesses: readonly WitnessServer[];
  readonly clock: () => Date;
  /** Which tree; left out: that of what is recorded. */
  readonly streams?: TreeStreams;
  readonly checkpointEveryMs?: number;
}

/** Starts to keep the tree of a log in a directory, in a thread of its own, and to sign it. */
export const startTransparency = ({
  directory,
  signedForFile,
  location,
  log,
  signer,
  witnesses,
  clock,
  streams = RECORDS_TREE,
  checkpointEveryMs = CHECKPOINT_EVERY_MS,
}: TransparencyOptions): Transparency => {
  makeTree(directory);
  const tree = openTree(directory);
  const task: TreeTask = { directory, log: location, streams, verifierKey: formatVerifierKey(signer.verifier) };
  const worker = startInBackground(new URL('./keep-tree.ts', import.meta.url), task, 'tree');
  const ended = once(worker, 'exit').catch(() => {});
  let caughtUp = false;
  let ofThread: string | undefined;
  let ofSigning: string | undefined;
  const ofWitness = new Map<string, string>();
  worker.on('message', (report: TreeReport) => {
    if (report.kind === 'progress') ({ caughtUp } = report);
    ofThread = report.kind === 'failure' ? report.message : undefined;
  });
  worker.on('error', (error) => {
    ofThread = error.message;
  });

  const sign = async (): Promise<void> => {
    try {
      const size = await publishCheckpoint({ log, tree, streams, signer, signedForFile, clock });
      ofSigning = undefined;
      if (size === undefined) return;
      worker.postMessage('hurry' satisfies Order);
      await eventually(() => (tree.latestCheckpoint()?.size ?? 0) >= size);
    } catch (error) {
      ofSigning = (error as Error).message;
    }
  };
  const closing = new AbortController();
  const askWitness = async (witness: WitnessServer): Promise<void> => {
    try {
      await haveCosigned({ log, tree, streams, clock, signal: closing.signal }, witness);
      ofWitness.delete(witness.key.name);
    } catch (error) {
      ofWitness.set(witness.key.name, (error as Error).message);
    }
  };

  /** What is under way, each by itself: a witness that hangs keeps neither the ledger from signing nor another witness from answering. */
  const underWay = new Map<WitnessServer | 'signing', Promise<void>>();
  const unlessUnderWay = (what: WitnessServer | 'signing', does: () => Promise<void>): void => {
    if (underWay.has(what)) return;
    underWay.set(
      what,
      does().finally(() => underWay.delete(what)),
    );
  };
  const timer = setInterval(() => {
    if (!caughtUp) return;
    unlessUnderWay('signing', async () => {
      await sign();
      for (const witness of witnesses) unlessUnderWay(witness, () => askWitness(witness));
    });
  }, checkpointEveryMs).unref();

  return {
    tree,
    key: signer.verifier,
    status: () => ({
      failure: ofThread ?? ofSigning,
      witnesses: witnesses.map(({ key: { name }, url }) => ({ name, url, failure: ofWitness.get(name) })),
    }),
    close: async () => {
      clearInterval(timer);
      closing.abort();
      while (underWay.size > 0) await Promise.all(underWay.values());
      worker.postMessage('stop' satisfies Order);
      await ended;
      tree.close();
    },
  };
};
