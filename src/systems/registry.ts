import { InvalidParameterError } from "../core/errors";
import { convex } from "./convex/record";
import { labelNoiseMomentum } from "./label-noise-momentum/record";
import { pSpin } from "./p-spin/record";
import { phaseRetrieval } from "./phase-retrieval/record";
import { quadraticNetwork } from "./quadratic-network/record";
import { randomFeatures } from "./random-features/record";
import { unknownKey } from "./schema/unknown-key";
import { sphericalSk } from "./spherical-sk/record";
import { spikedMatrixTensor } from "./spiked-matrix-tensor/record";
import type { System } from "./system";
import { teacherStudent } from "./teacher-student/record";

/** Every system, in the order of the papers. To add one, add its line here. */
export const systems = [
  pSpin,
  spikedMatrixTensor,
  convex,
  sphericalSk,
  phaseRetrieval,
  quadraticNetwork,
  teacherStudent,
  randomFeatures,
  labelNoiseMomentum,
] as const;

/** The system of that name. @throws InvalidParameterError with the nearest known name. */
export function findSystem(name: unknown): System {
  const all: readonly System[] = systems;
  const names = all.map((system) => system.name);
  const found = all.find((system) => system.name === name);
  if (found) return found;
  if (typeof name !== "string") throw new InvalidParameterError("system", name, names.join(", "));
  throw unknownKey(`system "${name}"`, name, names);
}
