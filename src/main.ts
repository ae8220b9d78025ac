import closeWithGrace from 'close-with-grace';
import { ConfigError, loadConfig } from './config.ts';
import { serve } from './serve.ts';

/** How long requests under way may take after a signal. */
const CLOSING_MS = 10_000;

// Views hold names in the clear: what this process writes is its owner's alone.
process.umask(0o077);

try {
  const [unknown] = process.argv.slice(2);
  if (unknown !== undefined) throw new ConfigError([`${unknown}: the service takes no arguments; see the README`]);
  const service = await serve(loadConfig(process.env));
  closeWithGrace({ delay: CLOSING_MS, logger: service.logger }, ({ err }) => {
    // A fault of the program: what runs the service starts it again, and reads here why.
    if (err !== undefined) service.logger.fatal({ err }, 'the service ends');
    return service.close();
  });
} catch (error) {
  process.stderr.write(
    `${error instanceof ConfigError ? error.message : `The service cannot start: ${(error as Error).message}`}\n`,
  );
  process.exitCode = 1;
}
