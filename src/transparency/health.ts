import { Gauge, type Registry } from 'prom-client';
import type { Lag } from '../projecting/lag.ts';
import { reasonsOfLag } from '../readiness.ts';
import type { Transparency } from './transparency.ts';

/** So many findings are told; that there are more is told with them. */
const MOST_TOLD = 5;

/** What a person must look into: what does not agree with the tree, or that it does not go on, and why. Empty where all is well. */
export const reasonsOfTree = (
  { tree, status }: Pick<Transparency, 'tree' | 'status'>,
  lag: Lag,
  which = 'transparency log',
): readonly string[] => {
  const findings = tree.findings();
  const { failure } = status();
  return [
    ...findings.slice(0, MOST_TOLD).map(({ message }) => `${which}: ${message}`),
    ...(findings.length > MOST_TOLD ? [`${which}: ${findings.length - MOST_TOLD} more findings`] : []),
    ...(failure !== undefined && findings.length === 0 ? [`${which}: ${failure}`] : []),
    ...reasonsOfLag(which, tree.progress().position, lag),
  ];
};

/** How far a tree is, and what was found; `which` is in the names. Of the tree of the records, how far the witnesses are as well. */
export const addTreeMetrics = (
  registry: Registry,
  { tree, status }: Pick<Transparency, 'tree' | 'status'>,
  lag: Lag,
  which = 'tree',
): void => {
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name: `handover_ledger_${which}_${name}`,
      help,
      registers: [registry],
      collect() {
        this.set(value());
      },
    });
  gauge('leaves', 'Events in the Merkle tree of the log', () => tree.progress().size);
  gauge('checkpoint_leaves', 'Leaves of the latest signed checkpoint', () => tree.latestCheckpoint()?.size ?? 0);
  gauge('lag_seconds', 'How far the tree is behind the log', () => lag.seconds(tree.progress().position));
  gauge('findings', 'What does not agree with what was recorded', () => tree.findings().length);
  gauge(
    'scrubbed_timestamp_seconds',
    'When the whole log was last held against its tree; 0 before the first time',
    () => {
      const { scrubbedAt } = tree.progress();
      return scrubbedAt === null ? 0 : Date.parse(scrubbedAt) / 1000;
    },
  );
  if (which !== 'tree') return;
  new Gauge({
    name: 'handover_ledger_witness_leaves',
    help: 'Leaves of the latest checkpoint that a witness has cosigned',
    labelNames: ['witness'],
    registers: [registry],
    collect() {
      const cosigned = new Map(tree.latestCosignatures().map(({ witness, size }) => [witness, size]));
      for (const { name } of status().witnesses) this.set({ witness: name }, cosigned.get(name) ?? 0);
    },
  });
};
