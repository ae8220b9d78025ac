/**
 * The commands of a suspect's case as a developer would build them today: fastify, Emmett and one of its event stores (`postgresql`, at the
 * connection string in `PEER_POSTGRESQL`; or `sqlite`, in the file `PEER_SQLITE`). Prints its address.
 */
import { randomUUID } from 'node:crypto';
import { CommandHandler } from '@event-driven-io/emmett';
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import { getSQLiteEventStore, SQLiteConnectionPool, sqliteConnection } from '@event-driven-io/emmett-sqlite';
import fastify from 'fastify';
import { type CaseEvent, decide, evolve, initialState } from './case.ts';

type Body = { readonly type?: string; readonly occurredAt: string; readonly [field: string]: unknown };

const stores = {
  postgresql: () => getPostgreSQLEventStore(process.env.PEER_POSTGRESQL as string),
  sqlite: () => {
    const fileName = process.env.PEER_SQLITE as string;
    const connection = sqliteConnection({ fileName });
    return getSQLiteEventStore({
      fileName,
      pool: SQLiteConnectionPool({ fileName, connectionOptions: { singleton: true, connection } }),
      schema: { autoMigration: 'CreateOrUpdate' },
    });
  },
};
const store = stores[process.argv[2] as keyof typeof stores]();
const handle = CommandHandler({ evolve, initialState });

const statedBy = {
  type: 'object',
  properties: { office: { type: 'string' }, document: { type: 'string', maxLength: 300 } },
  required: ['office', 'document'],
  additionalProperties: false,
};
const occurredAt = { type: 'string', pattern: '^\\d{4}(-\\d{2}(-\\d{2}.*)?)?$' };
const opening = {
  type: 'object',
  properties: {
    kind: { enum: ['suspect'] },
    requestingParty: { enum: ['CN', 'VN'] },
    minor: { type: 'boolean' },
    occurredAt,
    statedBy,
    person: { type: 'object', properties: { names: { type: 'array', minItems: 1 } }, required: ['names'] },
  },
  required: ['kind', 'requestingParty', 'minor', 'occurredAt', 'person'],
  additionalProperties: false,
};
const recording = {
  type: 'object',
  properties: { type: { type: 'string', maxLength: 100 }, occurredAt, statedBy, data: { type: 'object' } },
  required: ['type', 'occurredAt'],
  additionalProperties: false,
};

const handled = async (id: string, type: string, data: CaseEvent['data']) => {
  const { newState } = await handle(store as never, `case-${id}`, (state) => decide(type, data, state));
  return { id, ...newState };
};

/** Its SQLite store ends with `database is locked` where two commands come at once: one after the other. */
const oneAtATime = (work: typeof handled): typeof handled => {
  let last: Promise<unknown> = Promise.resolve();
  return (...given) => {
    const next = last.then(() => work(...given));
    last = next.catch(() => {});
    return next;
  };
};

const record = process.argv[2] === 'sqlite' ? oneAtATime(handled) : handled;

const app = fastify();
app.post<{ Body: Body }>('/v1/cases', { schema: { body: opening } }, async ({ body }, reply) =>
  reply.code(201).send(await record(randomUUID(), 'detained', body)),
);
app.post<{ Body: Body; Params: { id: string } }>(
  '/v1/cases/:id/events',
  { schema: { body: recording } },
  async ({ body, params }, reply) => reply.code(201).send(await record(params.id, body.type as string, body)),
);
process.stdout.write(`${await app.listen({ host: '127.0.0.1', port: 0 })}\n`);
process.once('SIGTERM', async () => {
  await app.close();
  if ('close' in store) await store.close();
  process.exit();
});
