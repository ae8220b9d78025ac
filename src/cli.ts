import { parseArgs } from 'node:util';
import { backup } from './cli/backup.ts';
import { bundle } from './cli/bundle.ts';
import { type Command, type Option, UsageError } from './cli/command.ts';
import { completeErasures } from './cli/complete-erasures.ts';
import { demo } from './cli/demo.ts';
import { exportEvents } from './cli/export.ts';
import { importEvents } from './cli/import.ts';
import { proof } from './cli/proof.ts';
import { rebuild } from './cli/rebuild.ts';
import { replay } from './cli/replay.ts';
import { restore } from './cli/restore.ts';
import { rotateKey } from './cli/rotate-key.ts';
import { signingKey } from './cli/signing-key.ts';
import { token } from './cli/token.ts';
import { verify } from './cli/verify.ts';
import { ConfigError } from './config.ts';

const COMMANDS: readonly Command[] = [
  demo,
  token,
  importEvents,
  exportEvents,
  rebuild,
  replay,
  backup,
  restore,
  bundle,
  proof,
  verify,
  signingKey,
  rotateKey,
  completeErasures,
];

/** Exit codes: the work was done; it failed, or a part of it; it was not begun, since the call or the configuration is wrong. */
const DONE = 0;
const FAILED = 1;
const NOT_BEGUN = 2;

const usage = (): string =>
  [
    'Usage: npm run --silent cli -- <command> [options]',
    '',
    ...COMMANDS.map(({ name, summary }) => `  ${name.padEnd(18)}${summary}`),
    '',
    'Each with --help. Configuration comes from the environment; see the README.',
    '',
  ].join('\n');

const helpOf = ({ name, summary, parameters, options }: Command): string =>
  [
    `Usage: npm run --silent cli -- ${[name, parameters, '[options]'].filter(Boolean).join(' ')}`,
    '',
    `  ${summary}`,
    '',
    ...Object.entries<Option>({ ...options, help: { type: 'boolean', help: 'print this' } }).map(
      ([option, { type, help }]) => `  --${`${option}${type === 'string' ? ' <value>' : ''}`.padEnd(20)}${help}`,
    ),
    '',
  ].join('\n');

const run = async ([name, ...args]: readonly string[]): Promise<number> => {
  if (name === undefined || name === '--help' || name === 'help') {
    process.stdout.write(usage());
    return name === undefined ? NOT_BEGUN : DONE;
  }
  const command = COMMANDS.find((each) => each.name === name);
  if (command === undefined) throw new UsageError(`there is no command ${name}; run with --help for a list`);
  const { values, positionals } = parse(command, args);
  if (values.help === true) {
    process.stdout.write(helpOf(command));
    return DONE;
  }
  return (await command.run(values, positionals)) ? DONE : FAILED;
};

const parse = ({ name, options, parameters }: Command, args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: { ...options, help: { type: 'boolean' } },
      allowPositionals: parameters !== undefined,
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}. Run ${name} --help for what there is.`);
  }
};

// Views and exports hold names in the clear: what this process writes is its owner's alone.
process.umask(0o077);

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = error instanceof UsageError || error instanceof ConfigError ? NOT_BEGUN : FAILED;
}
