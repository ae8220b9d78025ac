import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { type Logger, pino } from 'pino';
import { Gauge, Registry } from 'prom-client';
import { addAccessMetrics, reasonsOfAccess } from './access/health.ts';
import { buildApp } from './app.ts';
import { readOrMakeSigningKey } from './auth/development.ts';
import { developmentIssuers, openIssuers } from './auth/issuers.ts';
import { createTokenVerifier } from './auth/tokens.ts';
import { type Ledger, type Node, openLedger, startNode } from './compose.ts';
import type { Config } from './config.ts';
import { loggerOptions } from './plugins/request-log.ts';
import type { Lag } from './projecting/lag.ts';
import type { Projector, ReadModelStatus } from './projecting/projector.ts';
import { reasonsNotReady, reasonsOfDamage } from './readiness.ts';
import { addTreeMetrics, reasonsOfTree } from './transparency/health.ts';

/** A service that listens. */
export interface Service {
  readonly node: Node;
  /** Where it is reached, such as `http://127.0.0.1:8080`. */
  readonly address: string;
  readonly logger: Logger;
  /** Takes no more requests, ends those under way, then closes views and log. */
  close(): Promise<void>;
}

const clock = (): Date => new Date();

export const loggerOf = ({ logLevel }: Pick<Config, 'logLevel'>): Logger => pino(loggerOptions(logLevel));

export interface ServeOptions {
  readonly logger?: Logger;
  /** May fill the ledger before the views are started. */
  readonly prepare?: (ledger: Ledger) => Promise<unknown>;
  /** Ends a start that has not come to its end, with its reason. */
  readonly signal?: AbortSignal;
}

/** Opens the ledger of a configuration and serves it. Throws what cannot be opened, or listened on; nothing stays open then. */
export const serve = async (
  config: Config,
  { logger = loggerOf(config), prepare = async () => {}, signal }: ServeOptions = {},
): Promise<Service> => {
  const ledger = await openLedger(config, clock);
  let close = (): Promise<void> => ledger.close();
  try {
    await prepare(ledger);
    signal?.throwIfAborted();
    // What does not come so far closes the ledger itself.
    close = async () => {};
    const node = await startNode(config, ledger, {
      clock,
      onFault: (err) => logger.warn({ err }, 'what follows from a record cannot be recorded; it is tried again'),
    });
    close = () => node.close();
    signal?.throwIfAborted();
    logFailures(node.projector, logger);
    const app = appOf(config, node, logger);
    close = () => app.close().finally(() => node.close());
    await app.listen({ host: config.host, port: config.port }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') throw error;
      throw new Error(`something listens on ${config.host}:${config.port} already: stop it, or give another PORT`);
    });
    const { address, port, family } = app.server.address() as AddressInfo;
    return { node, address: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`, logger, close };
  } catch (error) {
    await close();
    throw error;
  }
};

/** A view that does not go on says why in the log as well, once for each reason. */
const logFailures = ({ onProgress, statuses }: Projector, logger: Logger): void => {
  const told = new Map<string, string | undefined>();
  onProgress(() => {
    for (const { name: view, failure } of statuses()) {
      if (failure !== undefined && told.get(view) !== failure) logger.error({ view, failure }, 'a view does not go on');
      told.set(view, failure);
    }
  });
};

/** The HTTP side of a node, ready to listen. */
export const appOf = (
  config: Config,
  {
    log,
    commands,
    registerCommands,
    projector,
    lag,
    queries,
    viewDamage,
    replays,
    transparency,
    access,
    accessTransparency,
    witness,
  }: Node,
  logger: Logger,
): FastifyInstance => {
  const issuers =
    config.identity.kind === 'issuers'
      ? openIssuers(config.identity.issuers)
      : developmentIssuers(readOrMakeSigningKey(config.identity.signingKeyFile));
  return buildApp(
    {
      commands,
      registerCommands,
      ...queries,
      replays,
      progress: projector,
      tokens: createTokenVerifier(issuers, clock),
      ledgerName: config.ledger.name,
      clock,
      transparency,
      access,
      accessTransparency,
      witness,
      readiness: async () => [
        ...(await reasonsNotReady(log, projector.statuses(), lag)),
        ...reasonsOfDamage(viewDamage()),
        ...reasonsOfTree(transparency, lag),
        ...reasonsOfTree(accessTransparency, lag, 'transparency log of access records'),
        ...reasonsOfAccess(access, clock()),
      ],
      registry: registryOf(projector, lag, { transparency, access, accessTransparency }),
    },
    { logger, trustedProxies: config.trustedProxies },
  );
};

const registryOf = (
  { statuses }: Projector,
  lag: Lag,
  { transparency, access, accessTransparency }: Pick<Node, 'transparency' | 'access' | 'accessTransparency'>,
): Registry => {
  const registry = new Registry();
  addTreeMetrics(registry, transparency, lag);
  addTreeMetrics(registry, accessTransparency, lag, 'access_tree');
  addAccessMetrics(registry, access, clock);
  const gauge = (name: string, help: string, value: (status: ReadModelStatus) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ['view', 'version'],
      registers: [registry],
      collect() {
        for (const status of statuses()) this.set({ view: status.name, version: status.version }, value(status));
      },
    });
  gauge('handover_ledger_view_caught_up', 'Whether a view has come to the present', ({ caughtUp }) => Number(caughtUp));
  gauge('handover_ledger_view_failed', 'Whether a view has stopped', ({ failure }) => Number(failure !== undefined));
  gauge('handover_ledger_view_lag_seconds', 'How far a view is behind the log', ({ position }) =>
    lag.seconds(position),
  );
  return registry;
};
