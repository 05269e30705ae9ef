import { ConvergenceError, InterruptedError, InvalidParameterError, MemoryError } from "./errors";

/** An error as plain data: a message between threads keeps no class. */
export interface PackedError {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  /** What its class holds besides. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Fields of the errors that cross threads as what they are. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  InvalidParameterError: ["parameter", "value", "allowed"],
  ConvergenceError: ["details"],
  InterruptedError: ["partial"],
  MemoryError: ["needed", "available"],
};

/** The error as a message can carry it: what is no plain data (a partial result with functions) is left behind. */
export function packError(error: unknown): PackedError {
  if (!(error instanceof Error)) return { name: "Error", message: String(error), fields: {} };
  const { name, message, stack } = error;
  const held = error as unknown as Record<string, unknown>;
  const fields = Object.fromEntries((FIELDS[name] ?? []).map((field) => [field, plain(held[field])]));
  return { name, message, stack, fields };
}

function plain(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
  }
}

/** The error again, of its own class where it is one of this package's, else an Error with its name. */
export function unpackError({ name, message, stack, fields }: PackedError): Error {
  const error = rebuilt(name, message, fields as Record<string, never>);
  if (stack !== undefined) error.stack = stack;
  return error;
}

function rebuilt(name: string, message: string, fields: Record<string, never>): Error {
  switch (name) {
    case "InvalidParameterError":
      return new InvalidParameterError(fields.parameter, fields.value, fields.allowed, message);
    case "ConvergenceError": {
      const error = new ConvergenceError("", fields.details);
      error.message = message;
      return error;
    }
    case "InterruptedError":
      return new InterruptedError(message, fields.partial);
    case "MemoryError":
      return new MemoryError(fields.needed, fields.available);
    default:
      return Object.assign(new Error(message), { name });
  }
}
