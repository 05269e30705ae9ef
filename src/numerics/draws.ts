import type { Stream } from "./streams";

/** Numbers drawn ahead at a time. */
const BUFFER = 1024;

/**
 * Single normals and χ² variates, for loops that need a few of several kinds a turn. Normals come from one
 * stream in its order, uniforms from another; both must be the caller's alone.
 */
export interface Draws {
  /** A standard normal. */
  normal(): number;
  /** A χ² variate with an integer number of degrees of freedom, at least 0. */
  chiSquare(freedom: number): number;
  /** Goes over to other streams; what was drawn ahead is dropped. */
  restart(normals: Stream, uniforms: Stream): void;
}

/** @param buffer normals drawn ahead at a time; for a few numbers a small one is faster. */
export function createDraws(normalStream: Stream, uniformStream: Stream, buffer = BUFFER): Draws {
  let normals = normalStream;
  let uniforms = uniformStream;
  const normalBuffer = new Float64Array(buffer);
  let nextNormal = buffer;

  function normal(): number {
    if (nextNormal === buffer) {
      normals.fillNormal(normalBuffer);
      nextNormal = 0;
    }
    return normalBuffer[nextNormal++];
  }

  /**
   * Twice a gamma variate of shape freedom/2 ≥ 1, by rejection from the cube of a normal (Marsaglia and Tsang,
   * ACM Trans. Math. Softw. 26, 363 (2000)): exact, and nearly always one normal and one uniform.
   */
  function chiSquare(freedom: number): number {
    if (freedom < 2) return freedom === 0 ? 0 : normal() ** 2;
    const d = 0.5 * freedom - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = normal();
      const root = 1 + c * x;
      if (root <= 0) continue;
      const v = root * root * root;
      const u = (uniforms.nextUint32() + 0.5) * 2 ** -32;
      const x2 = x * x;
      // The first test accepts almost all without a logarithm.
      if (u < 1 - 0.0331 * x2 * x2 || Math.log(u) < 0.5 * x2 + d * (1 - v + Math.log(v))) return 2 * d * v;
    }
  }

  return {
    normal,
    chiSquare,
    restart(otherNormals, otherUniforms) {
      normals = otherNormals;
      uniforms = otherUniforms;
      nextNormal = buffer;
    },
  };
}
