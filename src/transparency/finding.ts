/** What does not agree with what was recorded. */
export interface Finding {
  readonly foundAt: string;
  /**
   * - `changed`: the event of a leaf is another than the one that was recorded.
   * - `missing`: it is gone, or stands elsewhere.
   * - `added`: an event stands among those of the past that was not recorded there.
   * - `checkpoint`: the tree is not the one that was signed.
   * - `removed`: what was removed had to be kept.
   */
  readonly kind: 'changed' | 'missing' | 'added' | 'checkpoint' | 'removed';
  /** The leaf; of what was added, the one that it stands before. */
  readonly leaf: number | null;
  readonly message: string;
}
