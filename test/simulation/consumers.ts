import { openForProjection, type ReadModel } from '../../projections/database.ts';
import type { ProjectedReadModel } from '../../projections/read-models.ts';
import { runProjection, type SourceMessage } from '../../projections/runner.ts';
import { LogUnavailable } from '../../src/event-log/port.ts';
import { projectionSources, sourceFor } from '../../src/projecting/source.ts';
import { entryOf } from '../../src/transparency/leaf.ts';
import { hashLeaf, rootOf } from '../../src/transparency/merkle.ts';
import type { TileReader } from '../../src/transparency/tile.ts';
import { growTree, type TreeEdge } from '../../src/transparency/tree.ts';
import { isRecordLeaf } from '../../src/transparency/tree-streams.ts';
import type { SimulatedNode, World } from './node.ts';

/** The process of a view ended in the middle of its work. */
class Crashed extends Error {}

/**
 * Goes on with a view from where it stands: with chunks of any size, and perhaps to a crash instead of to the end. What it was given and
 * had not committed it is given again.
 */
export const projectOn = async (
  { log, random, schedule }: World,
  node: Pick<SimulatedNode, 'log' | 'vault'>,
  directory: string,
  model: ProjectedReadModel & ReadModel,
  mayCrash: boolean,
): Promise<boolean> => {
  const database = openForProjection(directory, model);
  const { asSource } = sourceFor(model, node.vault);
  async function* messages(after: string | undefined): AsyncGenerator<SourceMessage> {
    let rest = log.after(after);
    while (rest.length > 0) {
      const chunk = rest.slice(0, 1 + random.below(12));
      rest = rest.slice(chunk.length);
      await schedule.pause();
      if (mayCrash && random.chance(0.1)) throw new Crashed();
      const position = chunk.at(-1)?.position as string;
      const events = chunk.map(asSource).filter((event) => event !== undefined);
      yield events.length > 0 ? { kind: 'events', events, position } : { kind: 'scanned', position };
      if (mayCrash && random.chance(0.05)) yield { kind: 'caught-up' };
    }
    yield { kind: 'caught-up' };
  }
  try {
    await runProjection({
      readModel: model,
      database,
      sources: projectionSources(node.log, node.vault),
      subscribe: messages,
      onProgress: () => {},
    });
    return true;
  } catch (error) {
    if (error instanceof Crashed || error instanceof LogUnavailable) return false;
    throw error;
  } finally {
    database.close();
  }
};

export interface Head {
  readonly size: number;
  readonly root: Buffer;
}

/** The tree of a node, which grows by what is new in the log whenever it looks. */
export const createTree = ({ log }: Pick<World, 'log'>) => {
  const tiles = new Map<string, Buffer>();
  const heads: Head[] = [];
  let edge: TreeEdge = { size: 0, tiles: [] };
  let position: string | undefined;
  const read: TileReader = (level, index) => tiles.get(`${level}/${index}`) as Buffer;
  return {
    heads,
    read,
    grow: (): void => {
      const events = log.after(position);
      position = events.at(-1)?.position ?? position;
      const leaves = events.filter(({ stream }) => isRecordLeaf(stream)).map((event) => hashLeaf(entryOf(event)));
      edge = growTree(edge, leaves, ({ level, index, hashes }) => tiles.set(`${level}/${index}`, hashes));
      if (edge.size > 0) heads.push({ size: edge.size, root: rootOf(read, edge.size) });
    },
  };
};
export type Tree = ReturnType<typeof createTree>;
