import closeWithGrace from 'close-with-grace';
import { ROLES } from '../../domain/kernel/roles.ts';
import { readOrMakeSigningKey, signDevelopmentToken } from '../auth/development.ts';
import { type Config, loadConfig } from '../config.ts';
import { loadDemonstration } from '../demo/load.ts';
import { type Service, serve } from '../serve.ts';
import { type Command, progressOf } from './command.ts';

const DEMO_DIRECTORY = './data/demo';
const A_DAY = 86_400;
const VIEWS_MS = 120_000;

/** The main job on a fresh machine: a filled ledger, served until it is stopped. */
export const demo: Command = {
  summary: `serve the demonstration ledger, under ${DEMO_DIRECTORY} unless DATA_DIR says otherwise`,
  options: {},
  run: async () => {
    const config = loadConfig({ DATA_DIR: DEMO_DIRECTORY, LOG_LEVEL: 'warn', ...process.env });
    const progress = progressOf('Recording the demonstration');
    const service = await serve(config, { prepare: (ledger) => loadDemonstration(ledger, progress.at) });
    const stopped = Promise.withResolvers<boolean>();
    const closing = closeWithGrace({ logger: service.logger }, async () => {
      await service.close();
      stopped.resolve(true);
    });
    try {
      await untilShown(service);
      process.stdout.write(`${yearlyTable(service)}\n${await whereToLook(service, config)}`);
    } catch (error) {
      // Otherwise it would end this process as one that has done its work.
      closing.uninstall();
      await service.close();
      throw error;
    }
    return stopped.promise;
  },
};

/** Throws where the views do not come to the present. */
const untilShown = async ({ node: { log, projector } }: Service): Promise<void> => {
  const head = await log.head();
  if (head === undefined || (await projector.waitUntilScanned(head, VIEWS_MS))) return;
  const views = projector.statuses().map(({ name, failure }) => `${name}: ${failure ?? 'behind'}`);
  throw new Error(`the views do not show the demonstration after ${VIEWS_MS / 1000} s (${views.join('; ')})`);
};

/** Fugitives, the figures that both sides publish. */
const yearlyTable = ({ node }: Service): string => {
  const rows = node.queries.handovers.yearly({ kind: ['fugitive'] }, ['year', 'direction']);
  const years = [...new Set(rows.map(({ year }) => year))];
  const persons = (year: number | undefined, direction: string): string =>
    String(rows.find((row) => row.year === year && row.direction === direction)?.persons ?? 0).padStart(7);
  return [
    '',
    'Fugitives handed over, by the year of the minutes (2017 is published; all other years are invented)',
    '',
    ' year   VN-CN   CN-VN',
    ...years.map((year) => ` ${year} ${persons(year, 'VN-CN')} ${persons(year, 'CN-VN')}`),
    '',
  ].join('\n');
};

const whereToLook = async ({ address }: Service, { identity, ledger }: Config): Promise<string> => {
  const lines = [
    `  ${address}/docs`,
    `  ${address}/v1/handovers/yearly?from=2017&to=2017&kind=fugitive`,
    `  ${address}/v1/lifecycles/fugitive`,
    '',
  ];
  if (identity.kind === 'development') {
    const key = readOrMakeSigningKey(identity.signingKeyFile);
    lines.push(`Tokens of ${ledger.side}-MPS for a day (Authorization: Bearer …):`, '');
    for (const role of ROLES) {
      const account = { role, side: ledger.side, office: `${ledger.side}-MPS`, subject: `${role}-1`, ttl: A_DAY };
      lines.push(`  ${role.padEnd(13)} ${await signDevelopmentToken(key, account, new Date())}`);
    }
    lines.push('');
  }
  lines.push('Stop with Ctrl-C.', '');
  return lines.join('\n');
};
