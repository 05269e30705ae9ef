/** A source, as the report and `citations()` print it. */
export interface Citation {
  readonly key: string;
  readonly text: string;
}
