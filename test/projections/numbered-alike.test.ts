import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import t from 'tap';
import type { Command } from '../../domain/kernel/record.ts';
import { REGISTERS } from '../../domain/stream-kinds.ts';
import { compareViews } from '../../projections/compare.ts';
import { openForProjection } from '../../projections/database.ts';
import { HISTORY_READ_MODEL } from '../../projections/read-models.ts';
import { runProjection, type SourceMessage } from '../../projections/runner.ts';
import { projectionSources, sourceFor } from '../../src/projecting/source.ts';
import { readAllEvents } from '../event-log/contract/support.ts';
import { envelopeOf, openTestLedger, type TestLedger } from '../support/ledger.ts';
import { bodiesThatOpen } from '../support/opened-records.ts';

const bodies = bodiesThatOpen('a plan', { returning: randomUUID(), expunged: randomUUID() });

const open = async ({ registerCommands }: TestLedger, category: string): Promise<void> => {
  const kind = REGISTERS.find((each) => each.category === category);
  if (kind === undefined) throw new Error(`there is no register ${category}`);
  const { occurredAt = '2024-02-01', ...particulars } = bodies[category] as { readonly occurredAt?: string };
  const statedBy = { office: 'VN-MPS', document: 'Note 1' };
  const command = { name: 'open', occurredAt, statedBy, particulars, data: {} } as Command;
  const executed = await registerCommands(kind).execute(randomUUID(), command, envelopeOf());
  if (!executed.ok) throw new Error(JSON.stringify(executed.error));
};

t.test('rows are numbered alike, however many events come together', async (t) => {
  const ledger = await openTestLedger(t);
  // Each contributes to figures; not in the order in which the registers are named.
  for (const category of ['equipment', 'office', 'visit', 'training', 'office']) {
    await open(ledger, category);
  }
  const { asSource } = sourceFor(HISTORY_READ_MODEL, ledger.vault);
  const events = (await readAllEvents(ledger.log)).flatMap((event) => asSource(event) ?? []);
  const built = async (atOnce: number) => {
    const database = openForProjection(join(ledger.directory, `by-${atOnce}`), HISTORY_READ_MODEL);
    t.teardown(() => database.close());
    async function* messages(): AsyncGenerator<SourceMessage> {
      yield { kind: 'caught-up' };
      for (let from = 0; from < events.length; from += atOnce) {
        const together = events.slice(from, from + atOnce);
        yield { kind: 'events', events: together, position: together.at(-1)?.position as string };
      }
    }
    await runProjection({
      readModel: HISTORY_READ_MODEL,
      database,
      sources: projectionSources(ledger.log, ledger.vault),
      subscribe: messages,
      onProgress: () => {},
    });
    return database;
  };
  const [oneByOne, together] = [await built(1), await built(events.length)];
  const compared = [...compareViews(oneByOne, together)];
  t.same(
    compared.flatMap(({ differences }) => differences),
    [],
  );
  t.ok((compared.find(({ table }) => table === 'register_contribution')?.rows ?? 0) > 1, 'several contribute');
});
