import { readFileSync } from "node:fs";

/** A reference case of the teacher and its student, its parameters in the words of the equations page. */
export interface TeacherStudentCase {
  readonly id: string;
  readonly params: { readonly C?: readonly (readonly number[])[] };
  readonly quantity: string;
  readonly value: number | readonly number[] | readonly (readonly number[])[];
  readonly tolerance: number;
  /** The same case as a config, and the rows to read. */
  readonly run?: {
    readonly verb: "solve";
    readonly config: Readonly<Record<string, unknown>>;
    readonly select: readonly { readonly quantity: string; readonly time: number; readonly index?: number[] }[];
  };
}

const all: readonly TeacherStudentCase[] = JSON.parse(
  readFileSync(new URL("teacher-student.json", import.meta.url), "utf8"),
);

/** The averages of four fields. */
export const momentCases = all.filter(({ run }) => !run);
/** The order parameters along t. */
export const pathCases = all.filter(({ run }) => run);
