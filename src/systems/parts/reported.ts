import type { Report } from "../system";

/** A simulation with what is to be reported of it; the curves of all samples are kept, which a comparison resamples. */
export const reported = <S>(simulation: S, { times, pairs }: Report) => ({
  ...simulation,
  times,
  pairs,
  keepCurves: true,
});
