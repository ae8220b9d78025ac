import { z } from 'zod';
import { caseDocumentSchema } from '../../../../domain/case/document.ts';
import { caseStreams } from '../../../../domain/case/kind.ts';
import type { Fields } from '../../../../domain/kernel/event.ts';
import type { Language } from '../../../../domain/reference/entry.ts';
import { labelsOfRecord, labelsSchema } from '../labels.ts';

const linksSchema = z
  .strictObject({
    self: z.string(),
    events: z.string(),
    next: z.string().describe('What may be recorded next'),
    deadlines: z.string(),
    personLinks: z.string().describe('Cases that are linked as of the same person'),
    mergedInto: z.string().optional(),
  })
  .describe('Where more is to be found, as paths of this service');

/** A case as it is answered: the document that the view keeps, and where more is to be found. */
export const caseSchema = z.strictObject({ ...caseDocumentSchema.shape, labels: labelsSchema, links: linksSchema });

z.globalRegistry.add(caseSchema, { id: 'Case' });

/** Where more of a case is to be found. */
export const linksOf = (caseId: string, mergedInto?: string | undefined): z.infer<typeof linksSchema> => {
  const self = `/v1/cases/${caseId}`;
  return {
    self,
    events: `${self}/events`,
    next: `${self}/next`,
    deadlines: `${self}/deadlines`,
    personLinks: `${self}/person-links`,
    mergedInto: mergedInto && `/v1/cases/${mergedInto}`,
  };
};

/**
 * The answer as JSON text, made of a document that is JSON text already; `who`, JSON text too, is added where it was asked for, labels where
 * the sender names a language.
 */
export const caseJson = (caseId: string, document: string, language: Language | undefined, who?: string): string => {
  // Few cases are merged, so that it is not worth a column of the view.
  const mergedInto = document.includes('"mergedInto":') ? (JSON.parse(document).mergedInto as string) : undefined;
  const added = JSON.stringify({
    labels: language && labelsOfRecord(caseStreams.category, JSON.parse(document) as Fields, language),
    links: linksOf(caseId, mergedInto),
  });
  const asked = who === undefined ? '' : `,"who":${who}`;
  return `${document.slice(0, -1)},${added.slice(1, -1)}${asked}}`;
};
