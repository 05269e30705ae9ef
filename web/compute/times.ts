/** Number of report times. */
export const REPORTED = 60;
const DECADES = 3;
const LINEAR = 100;

/** The report times of the command line: 60, equally spaced in ln t over three decades, whole where time counts steps. */
export function reportTimes(until: number, stepped: boolean): number[] {
  return whole(logSpaced(until, REPORTED), stepped);
}

/** As many as a drawing needs on a linear and on a logarithmic axis. */
export function drawnTimes(until: number, stepped: boolean): number[] {
  const linear = Array.from({ length: LINEAR + 1 }, (_, k) => (until * k) / LINEAR);
  const all = whole([...linear, ...logSpaced(until, 2 * REPORTED - 1)], stepped, 0);
  return [...new Set(all)].sort((a, b) => a - b);
}

function logSpaced(until: number, count: number): number[] {
  return Array.from({ length: count }, (_, k) =>
    k === count - 1 ? until : until * 10 ** (DECADES * (k / (count - 1) - 1)),
  );
}

function whole(times: readonly number[], stepped: boolean, least = 1): number[] {
  return stepped ? [...new Set(times.map((t) => Math.max(least, Math.round(t))))] : [...times];
}

const WAITING_TIMES = 4;
/** Times after each of them: as many as a line needs, as particles that are told the pairs can afford, and a simulation. */
export const LATER = { theory: 48, asked: 32, finite: 8 };

/** Pairs [t, t′] on lines of constant t′: four waiting times, two a decade, and so many times t after each. */
export function drawnPairs(until: number, count: number): [number, number][] {
  const top = Math.floor(2 * Math.log10(until / 3) + 1e-9);
  const waiting = Array.from({ length: WAITING_TIMES }, (_, k) => halfDecade(top - WAITING_TIMES + 1 + k));
  return waiting.flatMap((tPrime): [number, number][] => {
    const longest = until - tPrime;
    const shortest = Math.min(tPrime, longest) / 100;
    const later = Array.from(
      { length: count },
      (_, k) => tPrime + shortest * (longest / shortest) ** (k / (count - 1)),
    );
    later[count - 1] = until;
    return [tPrime, ...later].map((t) => [t, tPrime]);
  });
}

/** 1, 3, 10, 30, …: the k-th, counted from 1. */
const halfDecade = (k: number) => Number(`${k % 2 === 0 ? 1 : 3}e${Math.floor(k / 2)}`);
