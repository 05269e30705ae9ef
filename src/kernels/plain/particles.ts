import type { ParticleKernels } from "../particles";

export const walshHadamard: ParticleKernels["walshHadamard"] = (count, x) => {
  for (let half = 1; half < count; half *= 2) {
    for (let from = 0; from < count; from += 2 * half) {
      for (let i = from; i < from + half; i++) {
        const [a, b] = [x[i], x[i + half]];
        x[i] = a + b;
        x[i + half] = a - b;
      }
    }
  }
};

export const multiplyElements: ParticleKernels["multiplyElements"] = (count, a, b, out) => {
  for (let i = 0; i < count; i++) out[i] = a[i] * b[i];
};

export const particleForces: ParticleKernels["particleForces"] = (
  count,
  scale,
  overlap,
  along,
  { field, signal, start, share },
  sums,
) => {
  let [drive, second, curvature, radial, loss] = [0, 0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    const h0 = signal[i];
    const h = scale * field[i] + overlap * h0 + along * start[i];
    const [square, square0] = [h * h, h0 * h0];
    const difference = square - square0;
    const force = share[i] * h * difference;
    drive += h0 * force;
    second += start[i] * force;
    curvature += share[i] * (3 * square - square0);
    radial += h * force;
    loss += difference * difference;
    field[i] = force;
  }
  sums[0] = drive;
  sums[1] = second;
  sums[2] = curvature;
  sums[3] = radial;
  sums[4] = 0.25 * loss;
};

export const moveParticles: ParticleKernels["moveParticles"] = (
  count,
  decay,
  rate,
  heat,
  weights,
  root,
  force,
  words,
) => {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    let w = decay * weights[i] - rate * root[i] * force[i];
    if (heat !== 0 && root[i] !== 0) w += (words[i >>> 5] >>> (i & 31)) & 1 ? heat : -heat;
    weights[i] = w;
    sum += w * w;
  }
  return sum;
};
