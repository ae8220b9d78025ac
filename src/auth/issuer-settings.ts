import { z } from 'zod';
import { officeSchema, officeSide, sideSchema } from '../../domain/kernel/sides.ts';

/** Keys travel over TLS; on this machine itself they need not. */
const jwksUrlSchema = z.url({ error: 'expected the address of a JWKS' }).refine(
  (address) => {
    const { protocol, hostname } = new URL(address);
    return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname));
  },
  { error: 'expected an https:// address (http:// on loopback only)' },
);

const issuerSchema = z
  .strictObject({
    /** As the `iss` claim of its tokens has it. */
    issuer: z.string().min(1),
    /** As the `aud` claim of its tokens has it. */
    audience: z.string().min(1),
    /** The one side that it speaks for. */
    side: sideSchema,
    /** The offices whose accounts it knows. */
    offices: z.array(officeSchema).min(1),
    /** Its public keys (RFC 7517); a file is looked for beside the file of issuers. */
    jwks: z.union([z.strictObject({ file: z.string().min(1) }), z.strictObject({ url: jwksUrlSchema })], {
      error: 'expected {"url": "https://…"} or {"file": "…"}',
    }),
  })
  .refine(({ side, offices }) => offices.every((office) => officeSide(office) === side), {
    error: 'every office must belong to the side of the issuer',
    path: ['offices'],
  });

/** The file that `AUTH_ISSUERS` names: a list of issuers. No two have the same name. */
export const issuersFileSchema = z
  .array(issuerSchema)
  .min(1, { error: 'expected at least one issuer' })
  .refine((issuers) => new Set(issuers.map(({ issuer }) => issuer)).size === issuers.length, {
    error: 'two issuers have the same name',
  });

export type IssuerSettings = Readonly<z.infer<typeof issuerSchema>>;
