import { type AgingKernels, GRID_STENCIL, ROW_STENCIL } from "../aging";

// Constants of this file: an import may be looked up in every turn of a loop.
const NODES = GRID_STENCIL;
const ROWS = ROW_STENCIL;

export const interpolatePairs: AgingKernels["interpolatePairs"] = (
  count,
  { starts, weights, inverseDensity },
  row,
  correlation,
  response,
) => {
  for (let e = 0; e < count; e++) {
    const from = 2 * starts[e];
    let c = 0;
    let density = 0;
    for (let q = 0; q < NODES; q++) {
      const w = weights[NODES * e + q];
      c += w * row[from + 2 * q];
      density += w * row[from + 2 * q + 1];
    }
    correlation[e] = c;
    response[e] = density * inverseDensity[e];
  }
};

export const interpolateRows: AgingKernels["interpolateRows"] = (count, size, places, history, table) => {
  const { starts, weights, inverseDensity } = places;
  const { rows, scale } = history;
  for (let e = 0; e < count; e++) {
    if (history.starts[e] < 0) {
      table.fill(1, 4 * e, 4 * e + 4);
      continue;
    }
    for (let side = 0; side < 2; side++) {
      const place = 2 * e + side;
      let c = 0;
      let density = 0;
      for (let q = 0; q < ROWS; q++) {
        const ofRow = history.weights[ROWS * e + q];
        if (ofRow === 0) continue;
        const from = 2 * ((history.starts[e] + q) * size + starts[place]);
        for (let g = 0; g < NODES; g++) {
          const w = ofRow * weights[NODES * place + g];
          c += w * rows[from + 2 * g];
          density += w * rows[from + 2 * g + 1];
        }
      }
      table[2 * place] = c;
      table[2 * place + 1] = density * inverseDensity[place] * scale[e];
    }
  }
};

export const completeOuter: AgingKernels["completeOuter"] = (count, places, own, row, past, table) => {
  const { starts, weights, inverseDensity } = places;
  for (let place = 0; place < 2 * count; place++) {
    const e = place >> 1;
    let c = past[2 * place];
    let r = past[2 * place + 1];
    const ownOfC = own.correlation[e];
    if (ownOfC !== 0) {
      const from = 2 * starts[place];
      let rowC = 0;
      let density = 0;
      for (let q = 0; q < NODES; q++) {
        const w = weights[NODES * place + q];
        rowC += w * row[from + 2 * q];
        density += w * row[from + 2 * q + 1];
      }
      c += ownOfC * rowC;
      r += own.response[e] * inverseDensity[place] * density;
    }
    table[2 * place] = c;
    table[2 * place + 1] = r;
  }
};

export const completeInner: AgingKernels["completeInner"] = (size, own, inverseDensity, row, past, table) => {
  let at = 0;
  for (let j = 0; j < size; j++) {
    for (let k = 0; k <= j; k++) {
      table[at] = past[at] + own.correlation[j] * row[2 * k];
      table[at + 1] = past[at + 1] + own.response[j] * inverseDensity[k] * row[2 * k + 1];
      table[at + 2] = past[at + 2] + own.correlation[k] * row[2 * j];
      table[at + 3] = past[at + 3] + own.response[k] * inverseDensity[j] * row[2 * j + 1];
      at += 4;
    }
  }
};

export const contractMemory: AgingKernels["contractMemory"] = (size, memory, weight, sums) => {
  const { inner, outer, innerTable, outerTable } = memory;
  sums.fill(0, 0, 4 * size);
  let e = 0;
  for (let j = 0; j < size; j++) {
    const of = 4 * j;
    for (let k = 0; k < j; k++) {
      addSums(of, weight[k], e, 0);
      addSums(4 * k, weight[j], e, 2);
      e++;
    }
    addSums(of, weight[j], e, 0);
    e++;
  }

  function addSums(to: number, w: number, entry: number, side: number): void {
    const at = 4 * entry + side;
    const innerKernel = w * inner.second[entry] * inner.response[entry];
    const outerKernel = w * outer.second[entry] * outer.response[entry];
    sums[to] += innerKernel * innerTable[at];
    sums[to + 1] += w * inner.first[entry] * innerTable[at + 1];
    sums[to + 2] += outerKernel * outerTable[at];
    sums[to + 3] += outerKernel * outerTable[at + 1];
  }
};

export const addInnerJacobian: AgingKernels["addInnerJacobian"] = (
  size,
  { response, first, second, third },
  table,
  { starts, weights, inverseDensity },
  own,
  nodes,
  matrix,
) => {
  const width = 2 * size;
  for (let j = 0; j < size; j++) {
    for (let k = 0; k < size; k++) {
      const e = entryOf(j, k);
      const at = 4 * e + (k > j ? 2 : 0);
      const w = nodes.phi[j] * nodes.weight[k];
      const c = table[at];
      const byC = w * (third[e] * response[e] * c + second[e] * table[at + 1]);
      const byDensity = w * second[e] * c * inverseDensity[e];
      const to = 2 * (j * width + starts[e]);
      for (let q = 0; q < NODES; q++) {
        const x = weights[NODES * e + q];
        matrix[to + 2 * q] += byC * x;
        matrix[to + 2 * q + 1] += byDensity * x;
      }
      // Through the table: what it has of the row itself, at node k.
      const atOwn = 2 * (j * width + k);
      matrix[atOwn] += w * second[e] * response[e] * own.correlation[j];
      matrix[atOwn + 1] += w * first[e] * own.response[j] * nodes.inverseDensity[k];
    }
  }
};

export const addOuterJacobian: AgingKernels["addOuterJacobian"] = (
  size,
  { response, second, third },
  table,
  { starts, weights, inverseDensity },
  ratios,
  own,
  nodes,
  matrix,
) => {
  const width = 2 * size;
  for (let j = 0; j < size; j++) {
    for (let k = 0; k < size; k++) {
      const e = entryOf(j, k);
      const place = 2 * e + (k > j ? 1 : 0);
      const w = nodes.psi[j] * nodes.weight[k];
      const [c, r] = [table[2 * place], table[2 * place + 1]];
      const byC = w * third[e] * response[e];
      const byDensity = w * second[e] * inverseDensity[e];
      const to = 2 * (j * width + starts[e]);
      for (let q = 0; q < NODES; q++) {
        const x = weights[NODES * e + q];
        matrix[to + 2 * q] += byC * c * x;
        matrix[to + 2 * q + 1] += byDensity * c * x;
        matrix[to + width + 2 * q] += byC * r * x;
        matrix[to + width + 2 * q + 1] += byDensity * r * x;
      }
      if (own.correlation[e] === 0) continue;
      const kernel = w * second[e] * response[e];
      const ofC = kernel * own.correlation[e];
      const ofDensity = kernel * own.response[e] * ratios.inverseDensity[place];
      const atOwn = 2 * (j * width + ratios.starts[place]);
      for (let q = 0; q < NODES; q++) {
        const x = ratios.weights[NODES * place + q];
        matrix[atOwn + 2 * q] += ofC * x;
        matrix[atOwn + width + 2 * q + 1] += ofDensity * x;
      }
    }
  }
};

/** Entry of the nodes j and k, in either order. */
const entryOf = (j: number, k: number): number => (k > j ? (k * (k + 1)) / 2 + j : (j * (j + 1)) / 2 + k);
