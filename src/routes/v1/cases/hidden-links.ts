import { maySeeLink } from '../../../../domain/case/access.ts';
import type { Viewer } from '../../../../domain/kernel/access.ts';
import type { Fields } from '../../../../domain/kernel/event.ts';
import type { CaseRow } from '../../../../projections/cases/case-row.ts';
import type { CaseQueries } from '../../../../projections/cases/query.ts';
import type { ReadEvent } from '../../../application/reader.ts';

/** Sees every case, to tell of which one something may be told. */
const EVERYTHING: Viewer = { office: '', role: 'auditor' };

/** What of an event is sealed of another case that it names: by itself, brought in late, or changed by a correction. */
const SEALED = ['otherCase', 'reason', 'sealedData', 'sealedChanges'] as const;

/**
 * An event as the viewer may read it: of another case whose person is protected since, nothing is told that was sealed, whoever wrote it
 * down before.
 */
export const withoutHiddenLinks =
  (cases: Pick<CaseQueries, 'find'>, viewer: Viewer, itsCase: CaseRow) =>
  (read: ReadEvent): ReadEvent => {
    const { data } = read.event as { readonly data: Fields };
    const named = [data, data.sealedData, data.sealedChanges].map(
      (fields) => (fields as Fields | undefined)?.otherCase,
    );
    const hidden = named.some((id) => {
      const other = typeof id === 'string' ? cases.find(EVERYTHING, id) : undefined;
      return other !== undefined && !maySeeLink(viewer, itsCase, other);
    });
    if (!hidden) return read;
    const open = Object.fromEntries(
      Object.entries(data).filter(([field]) => !(SEALED as readonly string[]).includes(field)),
    );
    return { ...read, event: { ...read.event, data: open } as ReadEvent['event'], sealed: true };
  };
