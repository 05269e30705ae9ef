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
  const rejection = createRejection(uniformStream);
  const normalBuffer = new Float64Array(buffer);
  let nextNormal = buffer;

  function normal(): number {
    if (nextNormal === buffer) {
      normals.fillNormal(normalBuffer);
      nextNormal = 0;
    }
    return normalBuffer[nextNormal++];
  }

  return {
    normal,
    chiSquare(freedom) {
      if (freedom < 2) return freedom === 0 ? 0 : normal() ** 2;
      rejection.prepare(freedom);
      for (;;) {
        const x = normal();
        if (rejection.accepts(x)) return rejection.variate(x);
      }
    },
    restart(otherNormals, uniforms) {
      normals = otherNormals;
      nextNormal = buffer;
      rejection.restart(uniforms);
    },
  };
}

/** Normals beyond it, 6 in 10⁵, are tested one by one. */
const REACH = 4;

/**
 * χ² variates, twice a gamma variate of shape freedom/2 ≥ 1, by rejection from the cube of a normal (Marsaglia and Tsang,
 * ACM Trans. Math. Softw. 26, 363 (2000)): 2dv with d = freedom/2 − 1/3, v = (1 + x/√(9d))³, kept with probability
 * A(x) = exp(x²/2 + d(1 − v + ln v)). Exact.
 *
 * A falls on both sides of 0, so that within the reach no x is rejected with more than `most` = 1 − min A(±reach),
 * about 5/freedom. Tests that could fail are therefore drawn first, as a number of x that pass unseen, and only the
 * next one is asked for its own 1 − A(x): for many degrees of freedom nearly all variates cost no uniform.
 */
function createRejection(uniformStream: Stream) {
  let uniforms = uniformStream;
  let prepared = 0;
  let d = 0;
  let c = 0;
  let most = 0;
  let unseen = 0;

  const uniform = () => (uniforms.nextUint32() + 0.5) * 2 ** -32;

  function logAcceptance(x: number): number {
    const t = c * x;
    return t > -1 ? 0.5 * x * x + d * (3 * Math.log1p(t) - t * (3 + t * (3 + t))) : -Infinity;
  }

  /** Geometric: how many come before the next that is tested with probability `most`. */
  function countUnseen(): void {
    unseen = Math.floor(Math.log(uniform()) / Math.log1p(-most));
  }

  function test(x: number): boolean {
    const acceptance = logAcceptance(x);
    if (Math.abs(x) > REACH) return Math.log(uniform()) < acceptance;
    countUnseen();
    return most * uniform() >= -Math.expm1(acceptance);
  }

  return {
    prepare(freedom: number): void {
      if (freedom === prepared) return;
      prepared = freedom;
      d = 0.5 * freedom - 1 / 3;
      c = 1 / Math.sqrt(9 * d);
      most = -Math.expm1(Math.min(logAcceptance(-REACH), logAcceptance(REACH)));
      countUnseen();
    },
    accepts: (x: number) => (Math.abs(x) <= REACH && unseen-- > 0) || test(x),
    variate(x: number): number {
      const root = 1 + c * x;
      return 2 * d * root * root * root;
    },
    restart(otherUniforms: Stream): void {
      uniforms = otherUniforms;
      prepared = 0;
    },
  };
}
