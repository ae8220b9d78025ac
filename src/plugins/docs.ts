import scalar from '@scalar/fastify-api-reference';
import type { FastifyPluginAsync } from 'fastify';

/**
 * The page shows what this service serves and nothing from elsewhere: its script is a part of the package, fonts and telemetry are off, and
 * the policy keeps the browser to this origin. Its script starts inline and sets styles inline.
 */
const DOCS_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "frame-ancestors 'none'",
].join('; ');

/** Readable documentation of the interface at /docs. */
export const docs: FastifyPluginAsync = async (app) => {
  app.addHook('onRoute', (route) => {
    route.config = Object.assign(route.config ?? {}, { public: true });
  });
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('content-security-policy', DOCS_POLICY);
    done();
  });
  await app.register(scalar, {
    routePrefix: '/docs',
    configuration: {
      url: '/openapi.json',
      pageTitle: 'Handover Ledger',
      withDefaultFonts: false,
      telemetry: false,
      showDeveloperTools: 'never',
      agent: { disabled: true },
      mcp: { disabled: true },
    },
  });
};
