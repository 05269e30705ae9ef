import type { NodeArrays, PlaceTable, Workspace } from "../../kernels";
import { GRID_STENCIL } from "../../kernels";
import { lagrangeDerivativeWeights } from "../../numerics/lagrange";
import { type CrowdedGrid, createCrowdedGrid } from "./grid";

/** Pairs of nodes (j, k), k ≤ j: entry j(j+1)/2 + k of all tables. */
export const entries = (size: number): number => (size * (size + 1)) / 2;

/**
 * A crowded grid with all that does not change along a run: the stencils of its interpolations (A.4), by pair of nodes. The
 * integrals of a node j over nodes k need the row of time s at the places
 *
 *   u/s = φ_j φ_k                  of the inner integral, u from 0 to s′ = φ_j s         `products`
 *   u/s = 1 − ψ_j ψ_k              of the outer one, u from s′ to s                      `complements`
 *   s′/u = φ_j / (1 − ψ_j ψ_k)     where rows of time u are read in the outer one        `ratios`, of both directions
 */
export interface Stencils {
  readonly grid: CrowdedGrid;
  readonly nodes: NodeArrays;
  readonly products: PlaceTable;
  readonly complements: PlaceTable;
  readonly ratios: PlaceTable;
  /** ln φ_j, and ln(1 − ψ_j ψ_k) by entry: where u lies among the rows. */
  readonly innerLog: Float64Array;
  readonly outerLog: Float64Array;
  /** d/dφ at node j: Σ_q derivative[8j + q] of the nodes from derivativeStarts[j] on. */
  readonly derivativeStarts: Int32Array;
  readonly derivative: Float64Array;
}

/** Nodes before a place in its stencil. */
const BEFORE = GRID_STENCIL / 2 - 1;

/** Lengths of the arrays that {@link createStencils} takes from a workspace. */
export function stencilRoom(size: number): readonly number[] {
  const table = (count: number) => [count / 2 + 1, GRID_STENCIL * count, count];
  const count = entries(size);
  return [size, size, size, size, ...table(count), ...table(count), ...table(2 * count)];
}

export function createStencils(size: number, crowding: number, workspace: Workspace): Stencils {
  const grid = createCrowdedGrid(size, crowding);
  const { phi, psi } = grid;
  const keep = (values: Float64Array) => {
    const kept = workspace.float64(values.length);
    kept.set(values);
    return kept;
  };
  const count = entries(size);
  const tables = {
    products: createPlaces(workspace, count),
    complements: createPlaces(workspace, count),
    ratios: createPlaces(workspace, 2 * count),
  };
  const outerLog = new Float64Array(count);
  for (let j = 0, e = 0; j < size; j++) {
    for (let k = 0; k <= j; k++, e++) {
      setPlace(grid, tables.products, e, phi[j] * phi[k], psi[j] + phi[j] * psi[k]);
      const rest = psi[j] * psi[k];
      const u = phi[j] + psi[j] * phi[k];
      setPlace(grid, tables.complements, e, u, rest);
      outerLog[e] = rest > 0.5 ? Math.log(u) : Math.log1p(-rest);
      setRatio(grid, tables.ratios, 2 * e, j, k);
      setRatio(grid, tables.ratios, 2 * e + 1, k, j);
    }
  }
  return {
    grid,
    nodes: {
      phi: keep(phi),
      psi: keep(psi),
      weight: keep(grid.weight),
      inverseDensity: keep(grid.density.map((d) => 1 / d)),
    },
    ...tables,
    innerLog: phi.map((f, j) => (psi[j] < 0.5 ? Math.log1p(-psi[j]) : Math.log(f))),
    outerLog,
    ...derivatives(grid),
  };
}

/** s′/u for u = s′ + (s − s′)φ_k, s′ = φ_j s. */
function setRatio(grid: CrowdedGrid, table: PlaceTable, entry: number, j: number, k: number): void {
  const { phi, psi } = grid;
  const u = phi[j] + psi[j] * phi[k];
  // At s′ = 0 every row is read at its start.
  if (j === 0) setPlace(grid, table, entry, 0, 1);
  else setPlace(grid, table, entry, phi[j] / u, (psi[j] * phi[k]) / u);
}

function createPlaces(workspace: Workspace, count: number): PlaceTable {
  return {
    starts: workspace.int32(count),
    weights: workspace.float64(GRID_STENCIL * count),
    inverseDensity: workspace.float64(count),
  };
}

function setPlace(grid: CrowdedGrid, table: PlaceTable, entry: number, phi: number, psi: number): void {
  const position = grid.position(phi, psi);
  const start = placeStencil(grid, position, table.weights, GRID_STENCIL * entry);
  table.starts[entry] = start;
  table.inverseDensity[entry] = 1 / grid.densityAt(position);
}

/** Writes the weights of the eight nodes around a position from out[at] on, and returns the first node. */
export function placeStencil({ size }: CrowdedGrid, position: number, out: Float64Array, at: number): number {
  const start = Math.max(0, Math.min(size - GRID_STENCIL, Math.floor(position) - BEFORE));
  const x = position - start;
  for (let i = 0; i < GRID_STENCIL; i++) {
    let weight = RECIPROCALS[i];
    for (let j = 0; j < GRID_STENCIL; j++) if (j !== i) weight *= x - j;
    out[at + i] = weight;
  }
  return start;
}

/** 1/Π_{j≠i}(i − j) of eight nodes one apart. */
const RECIPROCALS = Array.from({ length: GRID_STENCIL }, (_, i) => {
  let product = 1;
  for (let j = 0; j < GRID_STENCIL; j++) if (j !== i) product *= i - j;
  return 1 / product;
});

function derivatives({ size, density }: CrowdedGrid): Pick<Stencils, "derivative" | "derivativeStarts"> {
  const spacing = 1 / (size - 1);
  const unit = Float64Array.from({ length: GRID_STENCIL }, (_, i) => i);
  const derivative = new Float64Array(GRID_STENCIL * size);
  const derivativeStarts = new Int32Array(size);
  for (let j = 0; j < size; j++) {
    const start = Math.max(0, Math.min(size - GRID_STENCIL, j - BEFORE));
    derivativeStarts[j] = start;
    const weights = derivative.subarray(GRID_STENCIL * j, GRID_STENCIL * (j + 1));
    lagrangeDerivativeWeights(unit, 0, GRID_STENCIL, j - start, weights);
    for (let q = 0; q < GRID_STENCIL; q++) weights[q] /= spacing * density[j];
  }
  return { derivativeStarts, derivative };
}
