import { isRecordLeaf } from '../../src/transparency/tree-streams.ts';
import type { TestApp } from './app.ts';
import { eventually } from './eventually.ts';

/** Waits until every event of the log is under a signed checkpoint, and in the views. */
export const allSigned = async ({ transparency: { tree }, ledger, views }: TestApp): Promise<void> => {
  let leaves = 0;
  for await (const chunk of ledger.log.readAll()) leaves += chunk.filter(({ stream }) => isRecordLeaf(stream)).length;
  await eventually(() => tree.latestCheckpoint()?.size === leaves);
  await views.upToDate();
};
