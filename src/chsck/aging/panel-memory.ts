import type { MemoryFactors, OwnWeights, PanelMemoryArrays, Workspace } from "../../kernels";
import type { Polynomials } from "./polynomials";
import { entries, type Stencils } from "./stencils";

/** What a row adds to the inner and outer tables of its panel. */
export interface OwnParts {
  readonly inner: OwnWeights;
  readonly outer: OwnWeights;
}

/** The integrals of the times s′ of a panel over the times u of the same panel, one panel after the other. */
export interface PanelMemory {
  /** Takes up a panel: its row as pairs (C, ρ), and its memory tables. */
  load(row: Float64Array, innerTable: Float64Array, outerTable: Float64Array): void;
  /** Four sums a node, without the lengths of their integrals: see {@link Kernels.contractMemory}. */
  readonly sums: Float64Array;
  contract(): void;
  /** 2·size × 2·size: derivatives of φ_j(inner) + ψ_j(outer) sums by the row of pairs (C, ρ). */
  readonly matrix: Float64Array;
  differentiate(own: OwnParts): void;
}

export function panelMemoryRoom(size: number): readonly number[] {
  const count = entries(size);
  return [...Array<number>(10).fill(count), 4 * size, 4 * size * size];
}

export function createPanelMemory(
  stencils: Stencils,
  polynomials: Polynomials,
  workspace: Workspace,
): PanelMemory {
  const { grid, nodes, products, complements, ratios } = stencils;
  const { size } = grid;
  const { kernels } = workspace;
  const count = entries(size);
  const factors = (): MemoryFactors & { readonly correlation: Float64Array } => ({
    correlation: workspace.float64(count),
    response: workspace.float64(count),
    first: workspace.float64(count),
    second: workspace.float64(count),
    third: workspace.float64(count),
  });
  const [inner, outer] = [factors(), factors()];
  const sums = workspace.float64(4 * size);
  const matrix = workspace.float64(4 * size * size);
  let memory: PanelMemoryArrays = { inner, outer, innerTable: sums, outerTable: sums };

  return {
    sums,
    matrix,
    load(row, innerTable, outerTable) {
      memory = { inner, outer, innerTable, outerTable };
      kernels.interpolatePairs(count, products, row, inner.correlation, inner.response);
      kernels.interpolatePairs(count, complements, row, outer.correlation, outer.response);
      polynomials.first(count, inner.correlation, inner.first);
      polynomials.second(count, inner.correlation, inner.second);
      polynomials.second(count, outer.correlation, outer.second);
    },
    contract() {
      kernels.contractMemory(size, memory, nodes.weight, sums);
    },
    differentiate(own) {
      polynomials.third(count, inner.correlation, inner.third);
      polynomials.third(count, outer.correlation, outer.third);
      matrix.fill(0);
      kernels.addInnerJacobian(size, inner, memory.innerTable, products, own.inner, nodes, matrix);
      kernels.addOuterJacobian(size, outer, memory.outerTable, complements, ratios, own.outer, nodes, matrix);
    },
  };
}
