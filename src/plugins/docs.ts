import Fastify, { type FastifyInstance, type FastifyPluginAsync } from 'fastify';

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

/** The page with and without its last slash, and its script. */
const PATHS = ['/docs', '/docs/', '/docs/js/scalar.js'] as const;

/** What the page says of its answers; the rest is this service's own to say. */
const HEADERS = ['content-type', 'location'] as const;

/** The page as its package serves it. */
const openPage = async (): Promise<FastifyInstance> => {
  const { default: scalar } = await import('@scalar/fastify-api-reference');
  const page = Fastify();
  await page.register(scalar, {
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
  return page;
};

/** Readable documentation of the interface at /docs. */
export const docs: FastifyPluginAsync = async (app) => {
  // Not before somebody asks for it: its script has more text than the whole program, and loading it took a third of a start.
  let page: Promise<FastifyInstance> | undefined;
  for (const path of PATHS) {
    app.get(path, { config: { public: true }, schema: { hide: true } }, async (_request, reply) => {
      page ??= openPage();
      const { statusCode, headers, rawPayload } = await (await page).inject(path);
      for (const name of HEADERS) if (headers[name] !== undefined) reply.header(name, headers[name]);
      reply.header('content-security-policy', DOCS_POLICY);
      return reply.code(statusCode).send(rawPayload);
    });
  }
};
