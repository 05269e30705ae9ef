import type { JsonSchema } from "../compute/messages";
import type { Path } from "../state/paths";

/** What fields read and write. */
export interface FormContext {
  value(path: Path): unknown;
  /** What the form opened with, around which sliders go. */
  opened(path: Path): unknown;
  change(path: Path, value: unknown): void;
  /** Of the run: schedules start with shares of it. */
  end(): number;
}

/** What every input is made from. */
export interface InputParts {
  readonly name: string;
  readonly path: Path;
  readonly schema: JsonSchema;
  readonly context: FormContext;
  readonly attributes: Readonly<Record<string, string>>;
}
