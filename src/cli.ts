import { parseArgs } from 'node:util';
import { type Command, type Option, UsageError } from './cli/command.ts';
import { ConfigError } from './config.ts';

/** Each is read when it is called, with what it needs: a token is there before the service would be. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  demo: async () => (await import('./cli/demo.ts')).demo,
  token: async () => (await import('./cli/token.ts')).token,
  import: async () => (await import('./cli/import.ts')).importEvents,
  export: async () => (await import('./cli/export.ts')).exportEvents,
  rebuild: async () => (await import('./cli/rebuild.ts')).rebuild,
  replay: async () => (await import('./cli/replay.ts')).replay,
  backup: async () => (await import('./cli/backup.ts')).backup,
  restore: async () => (await import('./cli/restore.ts')).restore,
  bundle: async () => (await import('./cli/bundle.ts')).bundle,
  proof: async () => (await import('./cli/proof.ts')).proof,
  verify: async () => (await import('./cli/verify.ts')).verify,
  'signing-key': async () => (await import('./cli/signing-key.ts')).signingKey,
  'rotate-key': async () => (await import('./cli/rotate-key.ts')).rotateKey,
  'complete-erasures': async () => (await import('./cli/complete-erasures.ts')).completeErasures,
};

/** Exit codes: the work was done; it failed, or a part of it; it was not begun, since the call or the configuration is wrong. */
const DONE = 0;
const FAILED = 1;
const NOT_BEGUN = 2;

const usage = async (): Promise<string> => {
  const commands = await Promise.all(
    Object.entries(COMMANDS).map(async ([name, load]) => [name, await load()] as const),
  );
  return [
    'Usage: npm run --silent cli -- <command> [options]',
    '',
    ...commands.map(([name, { summary }]) => `  ${name.padEnd(18)}${summary}`),
    '',
    'Each with --help. Configuration comes from the environment; see the README.',
    '',
  ].join('\n');
};

const helpOf = (name: string, { summary, parameters, options }: Command): string =>
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
    process.stdout.write(await usage());
    return name === undefined ? NOT_BEGUN : DONE;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (load === undefined) throw new UsageError(`there is no command ${name}; run with --help for a list`);
  const command = await load();
  const { values, positionals } = parse(name, command, args);
  if (values.help === true) {
    process.stdout.write(helpOf(name, command));
    return DONE;
  }
  return (await command.run(values, positionals)) ? DONE : FAILED;
};

const parse = (name: string, { options, parameters }: Command, args: readonly string[]) => {
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
