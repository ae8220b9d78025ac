import { ACCESS_CATEGORY, RETENTION_STREAM } from '../../domain/access/streams.ts';
import { LEAF_CATEGORIES } from './leaf.ts';

/** Which events of a log are the leaves of a tree, and where its checkpoints stand. Plain data, so that a thread can be given it. */
export interface TreeStreams {
  /** The categories of the streams whose events are leaves. */
  readonly leaves: ReadonlySet<string>;
  /**
   * The stream of its checkpoints, so that of several nodes one signs at a time and all show the same. Its events are no leaves of the
   * tree that they are about.
   */
  readonly checkpoints: string;
  /** The stream that says what was removed of the others; undefined where nothing is. */
  readonly removals?: string;
  /** Few of the events of a log are of these streams: it is not read as a whole. */
  readonly few?: true;
}

/** The tree of what is recorded. */
export const RECORDS_TREE: TreeStreams = { leaves: LEAF_CATEGORIES, checkpoints: 'checkpoints' };

/** The tree of who has read what, so that nobody can take out that somebody looked. */
export const ACCESS_TREE: TreeStreams = {
  leaves: new Set([ACCESS_CATEGORY]),
  checkpoints: 'checkpoints-of-access',
  removals: RETENTION_STREAM,
  few: true,
};

/** How the names of the streams begin of which a tree has to be told; undefined where it is told of all. */
export const beginningsOf = ({ leaves, checkpoints, removals, few }: TreeStreams): readonly string[] | undefined =>
  few && [...[...leaves].map((category) => `${category}-`), checkpoints, ...(removals === undefined ? [] : [removals])];

/** Whether the events of a stream are leaves of a tree. */
export const isLeafStream = ({ leaves }: Pick<TreeStreams, 'leaves'>, stream: string): boolean =>
  leaves.has(stream.slice(0, stream.indexOf('-')));

/** The same of the tree of what is recorded. */
export const isRecordLeaf = (stream: string): boolean => isLeafStream(RECORDS_TREE, stream);
