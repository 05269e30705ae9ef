import type { TwoTimeProblem } from "../../../src/chsck";
import type { ScheduleSpec } from "../../../src/schedule";
import { pSpin, spiked } from "./honesty";

/** A problem that is solved with nothing given but how far. */
export interface DefaultProblem {
  readonly label: string;
  readonly problem: TwoTimeProblem;
  readonly until: number;
}

const powerLaw = (rate: number, exponent: number, offset = 1): ScheduleSpec => ({
  kind: "power-law",
  rate,
  exponent,
  offset,
});

const constant = [
  { p: 3, temperature: 0, rate: 1, until: 3 },
  { p: 3, temperature: 0, rate: 1, until: 10 },
  { p: 3, temperature: 0, rate: 1, until: 30 },
  { p: 3, temperature: 0.2, rate: 1, until: 10 },
  { p: 3, temperature: 0.5, rate: 1, until: 10 },
  { p: 3, temperature: 0.5, rate: 1, until: 20 },
  { p: 3, temperature: 1, rate: 1, until: 10 },
  { p: 3, temperature: 1, rate: 1, until: 40 },
  { p: 3, temperature: 2, rate: 1, until: 10 },
  { p: 3, temperature: 5, rate: 1, until: 20 },
  { p: 3, temperature: 1, rate: 5, until: 4 },
  { p: 3, temperature: 1, rate: 0.2, until: 30 },
  { p: 2, temperature: 0, rate: 1, until: 10 },
  { p: 2, temperature: 0.5, rate: 1, until: 10 },
  { p: 4, temperature: 0, rate: 1, until: 6 },
  { p: 4, temperature: 0.5, rate: 1, until: 10 },
  { p: 6, temperature: 1, rate: 0.5, until: 6 },
];

const schedules: readonly {
  what: string;
  spec: ScheduleSpec;
  until: number;
  temperature?: number;
  p?: number;
}[] = [
  { what: "β = 0.2", spec: powerLaw(0.5, 0.2), until: 30 },
  { what: "β = 0.4", spec: powerLaw(0.5, 0.4), until: 10 },
  { what: "β = 0.4, far", spec: powerLaw(0.5, 0.4), until: 100 },
  { what: "β = 0.5, p = 2", spec: powerLaw(0.5, 0.5), until: 100, p: 2 },
  { what: "β = 0.8", spec: powerLaw(1, 0.8), until: 100 },
  { what: "β = 0.4, T = 0", spec: powerLaw(0.5, 0.4), until: 30, temperature: 0 },
  { what: "β = 0.4, p = 4", spec: powerLaw(0.5, 0.4), until: 20, p: 4 },
  { what: "clock saturates", spec: powerLaw(1, 10), until: 100 },
  { what: "offset 0, β = 0.3", spec: powerLaw(1, 0.3, 0), until: 4 },
  { what: "offset 0, β = 0.493", spec: powerLaw(0.5, 0.493, 0), until: 10 },
  { what: "offset 0, β = 0.6", spec: powerLaw(1, 0.6, 0), until: 4 },
  { what: "offset 0, β = 0.9", spec: powerLaw(1, 0.9, 0), until: 4 },
  { what: "a short spike", spec: powerLaw(1, 0.6, 1e-6), until: 4 },
  { what: "cosine", spec: { kind: "cosine", rate: 1, horizon: 6 }, until: 6 },
  {
    what: "polynomial, δ = 1",
    spec: { kind: "polynomial-decay", rate: 1, horizon: 4, exponent: 1 },
    until: 4,
  },
  {
    what: "polynomial, δ = 2",
    spec: { kind: "polynomial-decay", rate: 1, horizon: 8, exponent: 2 },
    until: 8,
  },
  {
    what: "hold, then decay",
    spec: { kind: "hold-then-decay", rate: 1, switchTime: 3, exponent: 0.8 },
    until: 20,
  },
  {
    what: "warm-up",
    spec: { kind: "warmup-stable-decay", rate: 1, warmup: 1, decayStart: 4, horizon: 8, exponent: 1 },
    until: 8,
  },
];

/** 40 problems of both systems: temperatures, rates, p, exponents, schedules, singular starts, lengths. */
export const DEFAULT_PROBLEMS: readonly DefaultProblem[] = [
  ...constant.map(({ p, temperature, rate, until }) => ({
    label: `p = ${p}, T = ${temperature}, rate ${rate}, until ${until}`,
    problem: pSpin(p, temperature, rate),
    until,
  })),
  ...schedules.map(({ what, spec, until, temperature = 1, p = 3 }) => ({
    label: `${what}, until ${until}`,
    problem: pSpin(p, temperature, spec),
    until,
  })),
  ...[
    { temperature: 0, spec: 1, until: 8, what: "rate 1" },
    { temperature: 0.5, spec: 1, until: 8, what: "rate 1" },
    { temperature: 1, spec: 1, until: 20, what: "rate 1" },
    { temperature: 1, spec: powerLaw(0.5, 0.4), until: 20, what: "β = 0.4" },
    { temperature: 1, spec: powerLaw(0.5, 0.493, 0), until: 10, what: "offset 0, β = 0.493" },
  ].map(({ temperature, spec, until, what }) => ({
    label: `signal, T = ${temperature}, ${what}, until ${until}`,
    problem: spiked(temperature, spec),
    until,
  })),
];
