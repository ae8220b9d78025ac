export interface Page<Item, Place> {
  readonly items: readonly Item[];
  /** Undefined on the last page. */
  readonly next: Place | undefined;
}

/** The page of one row more than it has room for. */
export const pageOf = <Row, Place>(
  rows: readonly Row[],
  limit: number,
  placeOf: (row: Row) => Place,
): Page<Row, Place> => {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? placeOf(last) : undefined };
};
