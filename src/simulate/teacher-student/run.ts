import { ConvergenceError } from "../../core/errors";
import {
  createLayout,
  createObserver,
  orderOfVectors,
  randomVectors,
  SPECIALISED,
  separationGauge,
  vectorsOf,
} from "../../models/teacher-student";
import { createStreams } from "../../numerics/streams";
import { createSchedule } from "../../schedule";
import type { SampleCurves, Simulator } from "../ensemble";
import { createDescent } from "./descent";
import { fixedExamples, freshExamples } from "./examples";
import { createNetwork } from "./network";
import type { TeacherStudentPlan, TeacherStudentProblem, TeacherStudentSimulation } from "./problem";

/** All there is to know of a simulation, as plain data. */
export interface TeacherStudentSetup {
  readonly problem: TeacherStudentProblem;
  readonly plan: TeacherStudentPlan;
  readonly simulation: Pick<TeacherStudentSimulation, "dimension" | "dataSet" | "batch" | "seed">;
}

/** How often the separation is measured in a unit of t; in between it is interpolated. */
const MEASUREMENTS = 10;
/** Multiplications between two readings of the computer's clock, about. */
const SLICE = 2e5;

/** Makes single samples, each with its own teacher, start and examples. */
export function createTeacherStudentSimulator({ problem, plan, simulation }: TeacherStudentSetup): Simulator {
  const { network: shape, start, scheduleCounts } = problem;
  const { labelNoise, activation } = shape;
  const { dimension, dataSet, batch } = simulation;
  const { reports, steps } = plan;
  const streams = createStreams(simulation.seed);
  const schedule = createSchedule(problem.schedule);
  const y = new Float64Array(createLayout(shape).length);
  const stepLength = scheduleCounts === "steps" ? 1 : 1 / dimension;
  const secondRate = problem.secondLayerRate === "per-step" ? 1 : 1 / dimension;
  const secondLayerFactor = shape.trainSecondLayer ? secondRate : 0;
  const work = batch * dimension * (shape.studentWidth + shape.teacherWidth);
  const slice = Math.max(1, Math.floor(SLICE / work));
  const interval = Math.ceil(dimension / MEASUREMENTS);

  return function* run(sample): Generator<number, SampleCurves> {
    const vectors =
      start === "random" ? randomVectors(shape, dimension, streams, sample) : vectorsOf(start, dimension);
    const order = start === "random" ? orderOfVectors(shape, dimension, vectors) : start;
    const network = createNetwork(shape, dimension, vectors, order);
    const examples =
      dataSet === null
        ? freshExamples(network, labelNoise, streams, sample)
        : fixedExamples(network, { dataSet, batch, labelNoise }, streams, sample);
    const descend = createDescent(network, examples, { activation, batch, secondLayerFactor });
    const observer = createObserver(shape, order);
    const values = new Float64Array(observer.names.length);
    const curves = observer.names.map(() => new Float64Array(reports.length));
    const training = examples.trainingError && new Float64Array(reports.length);
    const separation = separationGauge(shape, order);
    let lead = 0;
    let specialised = Infinity;
    let report = 0;

    const measure = (step: number) => {
      network.orderInto(y);
      if (separation && specialised === Infinity) {
        const before = lead;
        lead = separation(y);
        if (lead >= SPECIALISED) {
          const back = step === 0 ? 0 : (interval * (lead - SPECIALISED)) / (lead - before);
          specialised = (step - back) / dimension;
        }
      }
    };
    const record = (step: number) => {
      for (; report < reports.length && reports[report] === step; report++) {
        network.orderInto(y);
        observer.observeInto(y, values);
        for (const [i, curve] of curves.entries()) curve[report] = values[i];
        if (training) training[report] = examples.trainingError!();
      }
    };

    measure(0);
    record(0);
    for (let step = 0; step < steps; ) {
      descend(schedule.rate(step * stepLength));
      step++;
      if (step % interval === 0) {
        measure(step);
        if (!y.every(Number.isFinite)) throw diverged(sample, step / dimension);
      }
      record(step);
      if (step % slice === 0) yield step / steps;
    }
    return {
      series: {
        ...Object.fromEntries(observer.names.map((name, i) => [name, curves[i]])),
        ...(training && { trainingError: training }),
      },
      ...(separation && { events: { specialisationTime: specialised } }),
    };
  };
}

function diverged(sample: number, t: number): ConvergenceError {
  return new ConvergenceError(
    `The weights of sample ${sample} grow without bound at t = ${t.toPrecision(6)}.`,
    { reached: t, advice: "Take a smaller learning rate." },
  );
}
