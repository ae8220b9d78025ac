import type { Viewer } from '../../domain/kernel/access.ts';
import { allOf, type Condition, officesOfCase, seenBy } from '../conditions.ts';
import type { QueryDatabase } from '../query-database.ts';
import { type Between, changedBetween, trueAt } from '../times.ts';
import { inYears, ofFilter, type YearlyFilter, type YearlyGroup } from './yearly-filter.ts';

/** By how much an event changed a figure. */
export interface Change {
  readonly persons: number;
  readonly delivered: number;
  readonly received: number;
  readonly matched: number;
}

/** The fields that a figure is grouped by. */
export type FigureKey = Readonly<Partial<Record<YearlyGroup, string | number | null>>>;

/** An event that changed a figure; `metadata` is JSON text as the log has it. */
export interface ChangingEvent extends Change {
  readonly figure: FigureKey;
  readonly position: string;
  readonly eventId: string;
  readonly type: string;
  readonly caseId: string;
  readonly knownAt: string;
  readonly metadata: string;
}

/** How many events changed a figure, and how many of them are of cases that the viewer sees. */
export interface ChangedBy {
  readonly figure: FigureKey;
  readonly events: number;
  readonly seen: number;
}

/** A figure between two places in the log, by what it is grouped. */
export interface DiffAsked {
  readonly filter: Omit<YearlyFilter, 'asOf'>;
  readonly groupBy: readonly YearlyGroup[];
  readonly between: Between;
}

/** What changed figures from one place in the log to another. */
export const diffQueries = (database: QueryDatabase) => {
  /** For each figure and each event that changed it, by how much. An event that moves a person within a figure changes what differs. */
  const changesOf = ({ filter, groupBy, between }: DiffAsked) => {
    const columns = groupBy.map((group) => `${group}, `).join('');
    const side = (end: 'from' | 'to', sign: 1 | -1) => {
      const { sql, parameters } = allOf([
        ...ofFilter(filter),
        ...inYears(filter),
        ...trueAt(filter.at),
        changedBetween(end, between),
      ]);
      return {
        sql: `SELECT ${columns}${end}_position AS position, ${sign} AS sign, incident, delivered, received,
                agreement = 'matched' AS matched FROM history.contribution WHERE ${sql}`,
        parameters,
      };
    };
    const [begun, ended] = [side('from', 1), side('to', -1)];
    return {
      sql: `SELECT ${columns}position, sum(sign) AS persons, sum(sign * delivered) AS delivered,
              sum(sign * received) AS received, sum(sign * matched) AS matched
            FROM (${begun.sql} UNION ALL ${ended.sql})
            GROUP BY ${columns}position
            HAVING persons <> 0 OR delivered <> 0 OR received <> 0 OR matched <> 0 OR min(incident) <> max(incident)`,
      parameters: [...begun.parameters, ...ended.parameters],
    };
  };

  /** The same with the events, and whether the viewer sees their cases. */
  const eventsOf = (viewer: Viewer, asked: DiffAsked) => {
    const changes = changesOf(asked);
    const [seen, ...seenParameters] = seenBy(viewer, officesOfCase('n.record_id')) ?? (['TRUE'] as Condition);
    return {
      sql: `SELECT changes.*, e.id AS eventId, e.type, e.known_at AS knownAt, e.metadata, n.record_id AS caseId, ${seen} AS seen
            FROM (${changes.sql}) changes JOIN history.event e USING (position)
              JOIN history.numbered_record n ON n.number = e.record_number`,
      parameters: [...seenParameters, ...changes.parameters],
    };
  };

  const figureOf = (groupBy: readonly YearlyGroup[], row: Readonly<Record<string, unknown>>): FigureKey =>
    Object.fromEntries(groupBy.map((group) => [group, row[group] as string | number | null]));

  const rowsOf = <Row extends { readonly figure: FigureKey }>(
    { groupBy }: DiffAsked,
    sql: string,
    parameters: readonly (string | number)[],
  ): readonly Row[] =>
    (database.prepare(sql).all(...parameters) as readonly Readonly<Record<string, unknown>>[]).map(
      (row) => ({ ...row, figure: figureOf(groupBy, row) }) as unknown as Row,
    );

  return {
    /** For each figure that events changed, how many did. */
    changedBy: (viewer: Viewer, asked: DiffAsked): readonly ChangedBy[] => {
      const { sql, parameters } = eventsOf(viewer, asked);
      const columns = asked.groupBy.map((group) => `${group}, `).join('');
      const grouping = asked.groupBy.length > 0 ? `GROUP BY ${asked.groupBy.join(', ')}` : '';
      return rowsOf(
        asked,
        `SELECT ${columns}count(*) AS events, coalesce(sum(seen), 0) AS seen FROM (${sql}) ${grouping}`,
        parameters,
      );
    },

    /** For each figure the first events that changed it, of cases that the viewer sees, in log order. */
    firstChanges: (viewer: Viewer, asked: DiffAsked, limit: number): readonly ChangingEvent[] => {
      const { sql, parameters } = eventsOf(viewer, asked);
      const partition = asked.groupBy.length > 0 ? `PARTITION BY ${asked.groupBy.join(', ')} ` : '';
      return rowsOf(
        asked,
        `SELECT * FROM (SELECT *, row_number() OVER (${partition}ORDER BY position) AS place FROM (${sql}) WHERE seen)
         WHERE place <= ? ORDER BY position`,
        [...parameters, limit],
      );
    },

    /** The events that changed any of the figures, of cases that the viewer sees, in log order, after one of them. */
    changes: (
      viewer: Viewer,
      asked: DiffAsked,
      { after = '', limit }: { readonly after?: string | undefined; readonly limit: number },
    ): readonly ChangingEvent[] => {
      const { sql, parameters } = eventsOf(viewer, {
        ...asked,
        between: { ...asked.between, after: after > asked.between.after ? after : asked.between.after },
      });
      // All figures of one event stand together.
      return rowsOf(
        asked,
        `SELECT * FROM (SELECT *, dense_rank() OVER (ORDER BY position) AS place FROM (${sql}) WHERE seen)
         WHERE place <= ? ORDER BY position`,
        [...parameters, limit],
      );
    },
  };
};
