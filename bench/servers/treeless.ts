/**
 * The service as `ledger.ts` serves it, but for that neither tree is kept nor signed: what the transparency log costs. Prints its address.
 */
import { registerHooks } from 'node:module';

const REAL = new URL('../../src/transparency/transparency.ts', import.meta.url).href;
const IDLE = new URL('../support/idle-transparency.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) => {
    const resolved = next(specifier, context);
    return resolved.url === REAL ? { ...resolved, url: IDLE } : resolved;
  },
});

await import('./ledger.ts');
