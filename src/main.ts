import closeWithGrace from 'close-with-grace';
import { ConfigError, loadConfig } from './config.ts';
import { loggerOf, serve } from './serve.ts';

/** How long requests under way may take after a signal. */
const CLOSING_MS = 10_000;

// Views hold names in the clear: what this process writes is its owner's alone.
process.umask(0o077);

try {
  const [unknown] = process.argv.slice(2);
  if (unknown !== undefined) throw new ConfigError([`${unknown}: the service takes no arguments; see the README`]);
  const config = loadConfig(process.env);
  const logger = loggerOf(config);
  const stopping = new AbortController();
  const starting = serve(config, { logger, signal: stopping.signal });
  // Before it listens: whoever is told that it does may ask it to stop at once.
  const closing = closeWithGrace({ delay: CLOSING_MS, logger }, async ({ err }) => {
    // A fault of the program: what runs the service starts it again, and reads here why.
    if (err !== undefined) logger.fatal({ err }, 'the service ends');
    stopping.abort();
    const service = await starting.catch(() => undefined);
    await service?.close();
  });
  await starting.catch((error: unknown) => {
    if (stopping.signal.aborted) return;
    closing.uninstall();
    throw error;
  });
} catch (error) {
  process.stderr.write(
    `${error instanceof ConfigError ? error.message : `The service cannot start: ${(error as Error).message}`}\n`,
  );
  process.exitCode = 1;
}
