/** What is kept beside an event of records of reading: where on its node they come from, so that none is taken twice. */
export interface ReadsMetadata {
  readonly recordedAt: string;
  readonly salt: string;
  readonly segment: string;
  /** The place of the event among those of the segment. */
  readonly part: number;
}
