import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Role } from '../../domain/kernel/roles.ts';
import type { HistoryQueries } from '../../projections/history/query.ts';
import { invalidParameter, Problem, retryLater } from '../http/problem.ts';
import { wholeNumber } from '../http/query.ts';
import { entriesOf } from '../transparency/entries.ts';
import { HASH_BYTES } from '../transparency/merkle.ts';
import { formatVerifierKey } from '../transparency/note.ts';
import { formatLeafProof } from '../transparency/proof.ts';
import { proveConsistency } from '../transparency/proof-documents.ts';
import { parseTilePath, TILE_WIDTH, type TileAddress } from '../transparency/tile.ts';
import type { Transparency } from '../transparency/transparency.ts';
import { type PublishedCheckpoint, withCosignatures } from '../transparency/tree-file.ts';

export interface TlogDependencies {
  readonly transparency: Pick<Transparency, 'tree' | 'key'>;
  readonly history: HistoryQueries;
}

const TEXT = 'text/plain; charset=utf-8';

const BYTES = 'application/octet-stream';

/** What never changes. A year, the longest that caches take (RFC 9111, section 5.2.2.1). */
const FOR_GOOD = 'max-age=31536000, immutable';
const FOR_A_MOMENT = 'public, max-age=2';

const PUBLIC = { public: true } as const;

/** An entry has no content, but what kind of event it was, of which record and when: that somebody is a victim can be read from it. */
const FOR_AUDITORS = { roles: ['auditor'] } as const satisfies { readonly roles: readonly Role[] };

const addressIn = (request: FastifyRequest, under: string): TileAddress => {
  const address = parseTilePath(under + (request.params as { readonly '*': string })['*']);
  if (address === undefined) throw new Problem('not-found', 'that is the path of no tile of c2sp.org/tlog-tiles');
  return address;
};

const placeSchema = (expected: string) => wholeNumber(0, 999_999_999, expected);

const consistencyQuerySchema = z.strictObject({
  from: placeSchema('expected the size of the earlier tree'),
  to: placeSchema('expected the size of the later tree').optional().describe('Left out: that of the latest checkpoint'),
});

const inclusionQuerySchema = z.strictObject({
  index: placeSchema('expected the number of a leaf; the first has 0'),
});

/**
 * The transparency log (https://c2sp.org/tlog-tiles): checkpoints, tiles of hashes and proofs for everybody, the entries for auditors of either
 * side.
 */
export const tlogRoutes: FastifyPluginAsyncZod<TlogDependencies> = async (
  app,
  { transparency: { tree, key }, history },
) => {
  const latest = (): PublishedCheckpoint => {
    const checkpoint = tree.latestCheckpoint();
    if (checkpoint === undefined) throw new Problem('not-yet-scanned', 'no checkpoint is signed yet', retryLater);
    return checkpoint;
  };

  app.get('/tlog/key', { config: PUBLIC, schema: { hide: true } }, async (_request, reply) =>
    reply.type(TEXT).send(`${formatVerifierKey(key)}\n`),
  );

  app.get('/tlog/checkpoint', { config: PUBLIC, schema: { hide: true } }, async (_request, reply) =>
    reply.type(TEXT).header('cache-control', FOR_A_MOMENT).send(withCosignatures(latest())),
  );

  app.get('/tlog/tile/*', { config: PUBLIC, schema: { hide: true } }, async (request, reply) =>
    reply
      .type(BYTES)
      .header('cache-control', `public, ${FOR_GOOD}`)
      .send(hashesAt(addressIn(request, 'tile/'))),
  );

  app.get('/tlog/tile/entries/*', { config: FOR_AUDITORS, schema: { hide: true } }, async (request, reply) =>
    reply
      .type(BYTES)
      .header('cache-control', `private, ${FOR_GOOD}`)
      .send(bundleAt(addressIn(request, 'tile/entries/'))),
  );

  app.get(
    '/tlog/proof/consistency',
    { config: PUBLIC, schema: { hide: true, querystring: consistencyQuerySchema } },
    async (request) => {
      const signed = latest().size;
      const { from, to = signed } = request.query;
      if (to > signed) throw invalidParameter('query', 'to', `expected a size that is signed, at most ${signed}`);
      if (from > to) throw invalidParameter('query', 'from', 'expected a size that is not larger than `to`');
      return proveConsistency(tree, from, to);
    },
  );

  app.get(
    '/tlog/proof/inclusion',
    { config: PUBLIC, schema: { hide: true, querystring: inclusionQuerySchema } },
    async (request, reply) => {
      const { index } = request.query;
      const checkpoint = latest();
      if (index >= checkpoint.size) {
        throw invalidParameter(
          'query',
          'index',
          `expected a leaf of the latest checkpoint, which has ${checkpoint.size}`,
        );
      }
      return reply.type(TEXT).send(formatLeafProof(tree.tile, index, checkpoint.size, withCosignatures(checkpoint)));
    },
  );

  /** Only what is signed is there: it is kept for good on the way, and what is not signed could still be lost. */
  const assertThere = ({ level, index, width }: TileAddress): void => {
    const parts = Math.floor((tree.latestCheckpoint()?.size ?? 0) / TILE_WIDTH ** (level === 'entries' ? 0 : level));
    if (index * TILE_WIDTH + width > parts) throw new Problem('not-found', 'the tree has no such tile yet');
  };

  const hashesAt = (address: TileAddress): Buffer => {
    assertThere(address);
    return tree.tile(address.level as number, address.index).subarray(0, address.width * HASH_BYTES);
  };

  const bundleAt = (address: TileAddress): Buffer => {
    assertThere(address);
    const bundle = entriesOf(tree, history, address);
    if (bundle === undefined) {
      throw new Problem('not-yet-scanned', 'the view of what was recorded has not come so far yet', retryLater);
    }
    return bundle;
  };
};
