import { fractionError, mean, median, medianError, standardError } from "../../numerics/statistics";
import type { Row } from "./row";

/** The time of an event, or "never". */
export const eventTime = (t: number): number | "never" => (t === Infinity ? "never" : t);

/**
 * Statistics of the times of an event: fraction of the samples in which it came, median ("never" where it came in no
 * more than half), and mean. Where it did not come in all, the mean is not known: it is "undefined", and conditionalMean
 * is that of the samples in which it came.
 *
 * The fraction has the error that all fractions have, {@link fractionError} of Wilson's interval: where the event came in
 * none or all of the samples, or there is but one, √(f(1 − f)/n) would be 0 and say that the fraction is known.
 */
export function eventStatistics(times: Float64Array): Pick<Row, "statistic" | "value" | "standardError">[] {
  const came = times.filter(Number.isFinite).sort();
  const fraction = came.length / times.length;
  const average =
    came.length > 0
      ? { value: mean(came), ...(came.length > 1 && { standardError: standardError(came) }) }
      : { value: "undefined" };
  return [
    ...(fraction === 1
      ? [{ statistic: "mean", ...average }]
      : [
          { statistic: "mean", value: "undefined" },
          { statistic: "conditionalMean", ...average },
        ]),
    { statistic: "median", value: eventTime(median(times)), ...known(medianError(times)) },
    {
      statistic: "fraction",
      value: fraction,
      standardError: fractionError(fraction, times.length),
    },
  ];
}

/** Of one sample alone, or where the event came in too few, the error of the median is not known. */
const known = (error: number) => (Number.isFinite(error) ? { standardError: error } : {});
