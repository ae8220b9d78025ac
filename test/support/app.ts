import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import type { Test } from 'tap';
import type { z } from 'zod';
import type { Role } from '../../domain/kernel/roles.ts';
import { ministryOffice, type Side } from '../../domain/kernel/sides.ts';
import { type AccessRecorder, startAccessRecorder } from '../../src/access/recorder.ts';
import { type AppOptions, buildApp } from '../../src/app.ts';
import { startContinuationProcess } from '../../src/application/continuation-process.ts';
import { startErasureProcess } from '../../src/application/erasure-process.ts';
import { startMinutesProcess } from '../../src/application/minutes-process.ts';
import { createReader } from '../../src/application/reader.ts';
import { startReconciliationProcess } from '../../src/application/reconciliation-process.ts';
import { readOrMakeSigningKey, type SigningKey, signDevelopmentToken } from '../../src/auth/development.ts';
import { developmentIssuers, type TrustedIssuer } from '../../src/auth/issuers.ts';
import { createTokenVerifier } from '../../src/auth/tokens.ts';
import type { EventLog, LoggedEvent } from '../../src/event-log/port.ts';
import { PROBLEM_MEDIA_TYPE, problemSchema } from '../../src/http/problem.ts';
import { loggerOptions } from '../../src/plugins/request-log.ts';
import { createReplays } from '../../src/replaying/replays.ts';
import { type SignerKey, underName, type VerifierKey } from '../../src/transparency/note.ts';
import { startTransparency, type Transparency, type TransparencyOptions } from '../../src/transparency/transparency.ts';
import { makeTree, openTree } from '../../src/transparency/tree-file.ts';
import { ACCESS_TREE } from '../../src/transparency/tree-streams.ts';
import { createWitness } from '../../src/transparency/witness.ts';
import { openTestLedger, type TestLedger } from './ledger.ts';
import { newSigner } from './signers.ts';
import { openTestViews, type TestViews } from './views.ts';

export type Headers = Readonly<Record<string, string>>;

/** Says what for persons are read, as ministries and the other side's officers have to. */
export const FOR_CASE_WORK: Headers = { 'access-purpose': 'case-work' };

export interface TestApp {
  readonly app: FastifyInstance;
  readonly ledger: TestLedger;
  /** Where the views are. */
  readonly viewsDirectory: string;
  readonly signingKey: SigningKey;
  readonly transparency: Transparency;
  /** Of who has read what. */
  readonly accessTransparency: Transparency;
  readonly access: AccessRecorder;
  readonly views: TestViews;
  /** The headers of an account, of the ministry where no office is given; `protection` says what for it reads, as it has to. */
  as(role: Role, side?: Side, office?: string): Promise<{ readonly authorization: string } & Headers>;
  /** Sends a body, as JSON where it is no text, with a new idempotency key, unless `headers` bring one. */
  post(url: string, body: unknown, headers?: Headers): Promise<Answer>;
  get(url: string, headers?: Headers): Promise<Answer>;
  /** All events of cases in the log; the keys of the vault are left out. */
  caseEvents(): Promise<readonly LoggedEvent[]>;
  /** What was logged, as text. */
  logged(): string;
}

export type Answer = Awaited<ReturnType<FastifyInstance['inject']>>;

export interface TestAppOptions extends AppOptions {
  /** The log that commands write to, made from the real one, for tests of its failures. */
  readonly commandLog?: (log: EventLog) => EventLog;
  readonly readiness?: () => Promise<readonly string[]>;
  /** What deadlines are held against. */
  readonly clock?: () => Date;
  /** Records something before the service starts. */
  readonly fill?: (ledger: TestLedger) => Promise<unknown>;
  /** Keeps, signs and serves the tree of the log; left out: the tree stays empty. */
  readonly signed?: Partial<Pick<TransparencyOptions, 'signer' | 'witnesses' | 'checkpointEveryMs'>>;
  /** The logs that the service witnesses, and the key by which it does. */
  readonly witnessing?: { readonly logs: readonly VerifierKey[]; readonly signer: SignerKey };
  /** Besides those of development. */
  readonly issuers?: readonly TrustedIssuer[];
}

/**
 * The service over its real parts: command handler, vault and embedded log in a directory of the test; closed after it. Every
 * answer is held to the schema that its route documents.
 */
export const startApp = async (t: Test, options: TestAppOptions = {}): Promise<TestApp> => {
  const {
    commandLog,
    readiness = async () => [],
    issuers = [],
    clock = () => new Date(),
    fill,
    ...appOptions
  } = options;
  const ledger = await openTestLedger(t);
  await fill?.(ledger);
  const { commands, registerCommands } = commandLog === undefined ? ledger : ledger.another(commandLog(ledger.log));
  const signingKey = readOrMakeSigningKey(join(ledger.directory, 'development-signing-key.json'));
  const tokens = createTokenVerifier([...developmentIssuers(signingKey), ...issuers], () => new Date());
  const lines: string[] = [];
  const logger = pino(loggerOptions('trace'), { write: (line: string) => lines.push(line) });
  const views = openTestViews(t, ledger);
  if (fill !== undefined) await views.upToDate();
  const replays = createReplays(
    { directory: views.directory, log: ledger.location, keyEncryptionKeyFile: ledger.keyEncryptionKeyFile },
    clock,
  );
  t.after(() => replays.close());
  const following = {
    ...ledger,
    keys: ledger.vault,
    progress: views.projector,
    onFault: (error: unknown) => logger.warn(error),
  };
  const processes = [
    startMinutesProcess({ ...following, ...views }),
    startContinuationProcess({ ...following, ...views }),
    startErasureProcess({ ...following, ...views }),
    startReconciliationProcess({ ...following, ...views }),
  ];
  t.after(() => Promise.all(processes.map((each) => each.stop())));
  const transparency = transparencyOf(t, ledger, 'tree', options.signed);
  const ofAccess = options.signed && {
    ...options.signed,
    signer: underName(newSigner('test.invalid/log'), 'test.invalid/log/access'),
    witnesses: [],
    streams: ACCESS_TREE,
  };
  const accessTransparency = transparencyOf(t, ledger, 'access-tree', ofAccess);
  const access = startAccessRecorder({
    directory: join(ledger.directory, 'access'),
    log: ledger.log,
    clock,
    shipEveryMs: 50,
  });
  t.after(() => access.close());
  const { witnessing } = options;
  const app = buildApp(
    {
      transparency,
      access,
      accessTransparency,
      witness: witnessing && createWitness({ log: ledger.log, clock: () => new Date(), ...witnessing }),
      commands,
      registerCommands,
      registers: views.registers,
      deadlines: views.deadlines,
      persons: views.persons,
      reads: views.reads,
      cases: views.cases,
      history: views.history,
      handovers: views.handovers,
      reports: views.reports,
      replays,
      reader: createReader(views.history, ledger.vault),
      progress: views.projector,
      tokens,
      ledgerName: 'test',
      clock,
      readiness,
      registry: new Registry(),
    },
    // A machine that is busy with other tests is no reason to turn a request away.
    { maxEventLoopDelayMs: 60_000, ...appOptions, logger },
  );
  holdToSchemas(app);
  await app.ready();
  t.after(() => app.close());

  return {
    app,
    ledger,
    transparency,
    accessTransparency,
    access,
    views,
    viewsDirectory: views.directory,
    signingKey,
    as: async (role, side = 'CN', office = ministryOffice(side)) => {
      const token = { role, side, office, subject: `${role}-of-${office}`, ttl: 3600 };
      const authorization = `Bearer ${await signDevelopmentToken(signingKey, token, new Date())}`;
      return { authorization, ...(role === 'protection' && { 'access-purpose': 'care-of-the-person' }) };
    },
    post: (url, body, headers = {}) =>
      app.inject({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID(), ...headers },
        payload: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
      }),
    get: (url, headers = {}) => app.inject({ url, headers }),
    caseEvents: async () => {
      const events: LoggedEvent[] = [];
      for await (const chunk of ledger.log.readAll()) events.push(...chunk);
      return events.filter(({ stream }) => stream.startsWith('case-'));
    },
    logged: () => lines.join(''),
  };
};

/** The tree of a ledger as a node keeps it, or one that stays empty. */
const transparencyOf = (
  t: Test,
  ledger: TestLedger,
  name: string,
  signed: Partial<TransparencyOptions> | undefined,
): Transparency => {
  const directory = join(ledger.directory, name);
  const { signer = newSigner('test.invalid/log'), ...options } = signed ?? {};
  const idle = (): Transparency => {
    makeTree(directory);
    const tree = openTree(directory);
    const status = () => ({ failure: undefined, witnesses: [] });
    return { tree, key: signer.verifier, status, close: async () => tree.close() };
  };
  const transparency =
    signed === undefined
      ? idle()
      : startTransparency({
          directory,
          signedForFile: `${directory}.signed-for`,
          location: ledger.location,
          log: ledger.log,
          signer,
          witnesses: [],
          clock: () => new Date(),
          checkpointEveryMs: 50,
          ...options,
        });
  t.after(() => transparency.close());
  return transparency;
};

type Schemas = Readonly<
  Record<string, z.ZodType | { readonly content: Record<string, { readonly schema: z.ZodType }> }>
>;

/** Answers are sent as text that nothing checks when the service runs; here everything that is sent must fit its schema. */
const holdToSchemas = (app: FastifyInstance): void => {
  app.addHook('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string') return payload;
    const mediaType = String(reply.getHeader('content-type')).split(';', 1)[0] as string;
    // Readiness and the protocol of witnesses have forms of their own.
    if (reply.statusCode >= 400 && request.url !== '/readyz' && !request.url.startsWith('/witness/')) {
      assert.equal(mediaType, PROBLEM_MEDIA_TYPE);
      problemSchema.parse(JSON.parse(payload));
      return payload;
    }
    const documented = (request.routeOptions.schema?.response as Schemas | undefined)?.[reply.statusCode];
    if (documented === undefined) return payload;
    const schema = 'content' in documented ? documented.content[mediaType]?.schema : documented;
    assert(schema !== undefined, `${request.routeOptions.url} documents no ${mediaType}`);
    schema.parse(mediaType === 'application/json' ? JSON.parse(payload) : payload);
    return payload;
  });
};
