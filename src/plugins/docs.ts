import Fastify, { type FastifyPluginAsync } from 'fastify';

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

interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What the package of the page answers. It never changes. */
const answersOfPage = async (): Promise<ReadonlyMap<string, Answer>> => {
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
  const answers = new Map<string, Answer>();
  for (const path of PATHS) {
    const { statusCode, headers, rawPayload } = await page.inject(path);
    const said = HEADERS.flatMap((name) =>
      headers[name] === undefined ? [] : [[name, String(headers[name])] as const],
    );
    answers.set(path, { statusCode, headers: Object.fromEntries(said), body: rawPayload });
  }
  return answers;
};

/** Readable documentation of the interface at /docs. */
export const docs: FastifyPluginAsync = async (app) => {
  // Not before somebody asks for it: its script has more text than the whole program, and loading it took a third of a start.
  let page: Promise<ReadonlyMap<string, Answer>> | undefined;
  for (const path of PATHS) {
    app.get(path, { config: { public: true }, schema: { hide: true } }, async (_request, reply) => {
      page ??= answersOfPage().catch((error: unknown) => {
        page = undefined;
        throw error;
      });
      const { statusCode, headers, body } = (await page).get(path) as Answer;
      return reply
        .code(statusCode)
        .headers({ ...headers, 'content-security-policy': DOCS_POLICY })
        .send(body);
    });
  }
};
