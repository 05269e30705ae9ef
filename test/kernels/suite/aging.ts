import { float64Bytes, type PlaceTable, type RowHistory, type Workspace } from "../../../src/kernels";
import { type Check, demand, type Make, numbers } from "./check";

const TOLERANCE = 1e-13;
const STENCIL = 8;
const SIZE = 11;
const COUNT = (SIZE * (SIZE + 1)) / 2;
const ROWS = 9;

const entryOf = (j: number, k: number) => (k > j ? (k * (k + 1)) / 2 + j : (j * (j + 1)) / 2 + k);

/** Places, rows and weights of no meaning, but for the covariance q³/3 of the factors. */
function sample(make: Make) {
  const workspace: Workspace = make(float64Bytes(...Array<number>(60).fill(2 * STENCIL * COUNT)));
  let seed = 0;
  const put = (length: number) => {
    const view = workspace.float64(length);
    view.set(numbers(length, seed++));
    return view;
  };
  const places = (count: number): PlaceTable => {
    const starts = workspace.int32(count);
    for (let e = 0; e < count; e++) starts[e] = (7 * e + seed) % (SIZE - STENCIL + 1);
    return { starts, weights: put(STENCIL * count), inverseDensity: put(count) };
  };
  const own = (length: number) => {
    const [correlation, response] = [put(length), put(length)];
    for (let e = 0; e < length; e += 3) correlation[e] = response[e] = 0;
    return { correlation, response };
  };
  const factors = () => ({
    correlation: put(COUNT),
    response: put(COUNT),
    first: put(COUNT),
    second: put(COUNT),
    third: put(COUNT),
  });
  const history: RowHistory = {
    rows: put(2 * SIZE * ROWS),
    starts: workspace.int32(COUNT),
    weights: put(6 * COUNT),
    scale: put(COUNT),
  };
  for (let e = 0; e < COUNT; e++) history.starts[e] = e % 5 === 0 ? -1 : e % (ROWS - 5);
  for (let e = 0; e < 6 * COUNT; e += 4) history.weights[e] = 0;
  return {
    kernels: workspace.kernels,
    put,
    row: put(2 * SIZE),
    products: places(COUNT),
    complements: places(COUNT),
    ratios: places(2 * COUNT),
    history,
    ownInner: own(SIZE),
    ownOuter: own(COUNT),
    inner: factors(),
    outer: factors(),
    nodes: { phi: put(SIZE), psi: put(SIZE), weight: put(SIZE), inverseDensity: put(SIZE) },
    past: { inner: put(4 * COUNT), outer: put(4 * COUNT) },
    table: { inner: put(4 * COUNT), outer: put(4 * COUNT) },
  };
}
type Sample = ReturnType<typeof sample>;

/** Component 0 or 1 of a row of pairs at a place. */
function along(
  row: ArrayLike<number>,
  { starts, weights }: PlaceTable,
  place: number,
  component: number,
): number {
  let sum = 0;
  for (let q = 0; q < STENCIL; q++) {
    sum += weights[STENCIL * place + q] * row[2 * (starts[place] + q) + component];
  }
  return sum;
}

function close(what: string, found: number, expected: number, scale = 1): void {
  demand(
    Math.abs(found - expected) <= TOLERANCE * (scale + Math.abs(expected)),
    () => `${what} is ${found}, not ${expected}`,
  );
}

/** Everything that depends on the row: factors, tables, and the sums of both integrals by node. */
function sumsOf(s: Sample): Float64Array {
  const { kernels, row, nodes } = s;
  for (const [places, factors] of [
    [s.products, s.inner],
    [s.complements, s.outer],
  ] as const) {
    kernels.interpolatePairs(COUNT, places, row, factors.correlation, factors.response);
    for (const [e, c] of factors.correlation.entries()) {
      factors.first[e] = c * c;
      factors.second[e] = 2 * c;
      factors.third[e] = 2;
    }
  }
  kernels.completeInner(SIZE, s.ownInner, nodes.inverseDensity, row, s.past.inner, s.table.inner);
  kernels.completeOuter(COUNT, s.ratios, s.ownOuter, row, s.past.outer, s.table.outer);
  const sums = s.put(4 * SIZE);
  const memory = { inner: s.inner, outer: s.outer, innerTable: s.table.inner, outerTable: s.table.outer };
  kernels.contractMemory(SIZE, memory, nodes.weight, sums);
  return sums;
}

export const checks: readonly Check[] = [
  {
    name: "aging grid: pairs between the nodes of a row",
    run(make) {
      const s = sample(make);
      s.kernels.interpolatePairs(COUNT, s.products, s.row, s.inner.correlation, s.inner.response);
      for (let e = 0; e < COUNT; e++) {
        close("C", s.inner.correlation[e], along(s.row, s.products, e, 0), STENCIL);
        const r = along(s.row, s.products, e, 1) * s.products.inverseDensity[e];
        close("R", s.inner.response[e], r, STENCIL);
      }
    },
  },
  {
    name: "aging grid: pairs between rows and nodes",
    run(make) {
      const s = sample(make);
      s.kernels.interpolateRows(COUNT, SIZE, s.ratios, s.history, s.table.outer);
      for (let place = 0; place < 2 * COUNT; place++) {
        const e = place >> 1;
        for (const component of [0, 1]) {
          let sum = 0;
          for (let q = 0; q < 6; q++) {
            const row = s.history.rows.subarray(2 * SIZE * (s.history.starts[e] + q));
            if (s.history.starts[e] >= 0)
              sum += s.history.weights[6 * e + q] * along(row, s.ratios, place, component);
          }
          const factor = component === 0 ? 1 : s.ratios.inverseDensity[place] * s.history.scale[e];
          const expected = s.history.starts[e] < 0 ? 1 : sum * factor;
          close(`component ${component}`, s.table.outer[2 * place + component], expected, 6 * STENCIL);
        }
      }
    },
  },
  {
    name: "aging grid: tables completed with the row",
    run(make) {
      const s = sample(make);
      sumsOf(s);
      for (let j = 0; j < SIZE; j++) {
        for (let k = 0; k < SIZE; k++) {
          const e = entryOf(j, k);
          const place = 2 * e + (k > j ? 1 : 0);
          const innerR = s.ownInner.response[j] * s.nodes.inverseDensity[k] * s.row[2 * k + 1];
          close(
            "inner C",
            s.table.inner[2 * place],
            s.past.inner[2 * place] + s.ownInner.correlation[j] * s.row[2 * k],
          );
          close("inner R", s.table.inner[2 * place + 1], s.past.inner[2 * place + 1] + innerR);
          const outerC = s.ownOuter.correlation[e] * along(s.row, s.ratios, place, 0);
          const outerR =
            s.ownOuter.response[e] * s.ratios.inverseDensity[place] * along(s.row, s.ratios, place, 1);
          close("outer C", s.table.outer[2 * place], s.past.outer[2 * place] + outerC, STENCIL);
          close("outer R", s.table.outer[2 * place + 1], s.past.outer[2 * place + 1] + outerR, STENCIL);
        }
      }
    },
  },
  {
    name: "aging grid: sums of both integrals by node",
    run(make) {
      const s = sample(make);
      const sums = sumsOf(s);
      for (let j = 0; j < SIZE; j++) {
        const expected = [0, 0, 0, 0];
        for (let k = 0; k < SIZE; k++) {
          const e = entryOf(j, k);
          const place = 2 * e + (k > j ? 1 : 0);
          const w = s.nodes.weight[k];
          const [innerKernel, outerKernel] = [s.inner, s.outer].map((f) => w * f.second[e] * f.response[e]);
          expected[0] += innerKernel * s.table.inner[2 * place];
          expected[1] += w * s.inner.first[e] * s.table.inner[2 * place + 1];
          expected[2] += outerKernel * s.table.outer[2 * place];
          expected[3] += outerKernel * s.table.outer[2 * place + 1];
        }
        for (const [q, sum] of expected.entries()) close(`sum ${q} of node ${j}`, sums[4 * j + q], sum, 100);
      }
    },
  },
  {
    name: "aging grid: Jacobians are the differences of the sums",
    run(make) {
      const s = sample(make);
      sumsOf(s);
      const { kernels, nodes } = s;
      const matrix = s.put(4 * SIZE * SIZE).fill(0);
      kernels.addInnerJacobian(SIZE, s.inner, s.table.inner, s.products, s.ownInner, nodes, matrix);
      kernels.addOuterJacobian(
        SIZE,
        s.outer,
        s.table.outer,
        s.complements,
        s.ratios,
        s.ownOuter,
        nodes,
        matrix,
      );
      const h = 1e-4;
      for (let column = 0; column < 2 * SIZE; column++) {
        const at = s.row[column];
        s.row[column] = at + h;
        const above = Float64Array.from(sumsOf(s));
        s.row[column] = at - h;
        const below = Float64Array.from(sumsOf(s));
        s.row[column] = at;
        for (let j = 0; j < SIZE; j++) {
          const slope = (q: number) => (above[4 * j + q] - below[4 * j + q]) / (2 * h);
          const ofC = nodes.phi[j] * (slope(0) + slope(1)) + nodes.psi[j] * slope(2);
          const ofR = nodes.psi[j] * slope(3);
          for (const [side, expected] of [ofC, ofR].entries()) {
            const found = matrix[(2 * j + side) * 2 * SIZE + column];
            demand(
              Math.abs(found - expected) < 1e-6 * (1 + Math.abs(expected)),
              () => `derivative is ${found}, not ${expected}`,
            );
          }
        }
      }
    },
  },
];
