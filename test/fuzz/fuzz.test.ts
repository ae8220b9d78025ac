import { randomInt } from 'node:crypto';
import t from 'tap';
import { runCampaign } from './campaign.ts';
import { fillLedger } from './ledger.ts';

/**
 * The long form is a script of its own, and sends something else each time; the short one the same, so that it fails for what was changed. Seed
 * and number of either can be given.
 */
const isLong = process.env.npm_lifecycle_event === 'test:fuzz';
const { FUZZ_SEED = isLong ? randomInt(2 ** 31 - 1) : 1, FUZZ_REQUESTS = isLong ? 100_000 : 3_000 } = process.env;
const campaign = { seed: Number(FUZZ_SEED), requests: Number(FUZZ_REQUESTS) };

/** So many requests reach every operation. */
const ENOUGH = 50_000;

t.test(`whatever is sent is answered as the document says (FUZZ_SEED=${campaign.seed})`, async (t) => {
  const ledger = await fillLedger(t);
  const { statuses, reached, eventsSent, faults, writtenThoughRefused } = await runCampaign(ledger, campaign);
  const counts = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`);
  const told = [
    `FUZZ_SEED=${campaign.seed} FUZZ_REQUESTS=${campaign.requests}`,
    counts.join(', '),
    ...(campaign.requests >= ENOUGH
      ? [...reached].map(([operation, count]) => `${operation}: ${count} times 2xx`)
      : []),
  ];
  process.stderr.write(`${told.join('\n')}\n`);
  t.same(faults, [], 'every answer has a status and a body that the document knows');
  t.equal(statuses.get(500) ?? 0, 0, 'nothing goes wrong inside');
  t.equal(({} as { admin?: unknown }).admin, undefined, 'no prototype was reached');
  t.same(writtenThoughRefused, [], 'nothing is written by a request that is refused');
  const never = [...reached].filter(([, count]) => count === 0).map(([operation]) => operation);
  if (campaign.requests >= ENOUGH) t.ok(eventsSent > 0, 'the feed sends events without an end');
  if (campaign.requests >= ENOUGH) t.same(never, [], 'every operation is reached');
});
