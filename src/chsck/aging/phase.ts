import { createWorkspace, float64Bytes, type Workspace } from "../../kernels";
import { plantingOf } from "../../models/planted-start";
import type { TwoTimeProblem } from "../problem";
import { createGaugeEquation, type Gauge } from "./gauge";
import { createJacobian, type Jacobian } from "./jacobian";
import { createMemoryTables, memoryTableRoom } from "./memory-tables";
import { createNewton, type Effort, type Newton, newtonRoom } from "./newton";
import { createNodeFactors, type NodeFactors, nodeFactorRoom } from "./node-factors";
import { createPanelMemory, panelMemoryRoom } from "./panel-memory";
import type { Panel } from "./panels";
import { createPhaseTables, type PhaseTables, phaseTableRoom } from "./phase-tables";
import { createPolynomials, polynomialRoom } from "./polynomials";
import { createResidual, type Residual } from "./row-equations";
import { createRowStencils, rowStencilRoom } from "./row-stencils";
import { createRows, type RowRecord, type Rows, rowRoom } from "./rows";
import { createSignal } from "./signal";
import { createStencils, type Stencils, stencilRoom } from "./stencils";

/** Nodes and crowding of all panels. */
export interface PanelGrid {
  readonly size: number;
  readonly crowding: number;
}

/** What a phase of a run begins with: the state at its milestone and its first changes with σ. */
export interface PhaseStart {
  /** b, the clock of the milestone. */
  readonly clock: number;
  /** Panels of the phases before. */
  readonly old: readonly Panel[];
  /** Pairs by panel and node at σ = 0+, and their slopes in σ. */
  readonly pairs: Float64Array;
  readonly slopes: Float64Array;
  /** z − T_eff and its slope. */
  readonly reduced: number;
  readonly reducedSlope: number;
  readonly logOverlap: number;
  readonly logOverlapSlope: number;
}

/** The equations of one phase, ready to be solved row by row, on memory of its own. */
export interface Phase {
  readonly start: PhaseStart;
  readonly stencils: Stencils;
  readonly rows: Rows;
  readonly tables: PhaseTables;
  readonly factors: readonly NodeFactors[];
  /** The past of row r, whose σ is set. */
  prepare(r: number, order: 4 | 6): void;
  readonly unknowns: number;
  readonly residual: Residual;
  readonly jacobian: Jacobian;
  readonly newton: Newton;
}

/** @param record the rows as far as they are known. @throws MemoryError */
export function createPhase(
  problem: TwoTimeProblem,
  { size, crowding }: PanelGrid,
  start: PhaseStart,
  record: RowRecord,
  effort: Effort,
  gauge?: Gauge,
): Phase {
  const { covariance } = problem;
  const panels = start.old.length + 1;
  const found = plantingOf(problem);
  // Without an overlap at the start there is none ever.
  const planting = found && found.overlap !== 0 ? found : undefined;
  const unknowns = 2 * size * panels - (planting || gauge ? 0 : 1);
  const workspace = createWorkspace(
    float64Bytes(
      ...stencilRoom(size),
      ...rowRoom(size, record.capacity),
      ...rowStencilRoom(size),
      ...memoryTableRoom(size),
      ...phaseTableRoom(size, panels),
      ...start.old.flatMap((panel) => tablesOf(panel).map((table) => table.length)),
      ...polynomialRoom(covariance),
      ...panelMemoryRoom(size),
      ...Array.from({ length: panels }, () => nodeFactorRoom(size)).flat(),
      ...newtonRoom(unknowns),
    ),
  );
  const stencils = createStencils(size, crowding, workspace);
  const rows = createRows(record, size, workspace);
  const rowStencils = createRowStencils(stencils, rows, workspace);
  const current = createMemoryTables(stencils, rows, rowStencils, workspace);
  const old = start.old.map((panel) => movePanel(panel, workspace));
  const tables = createPhaseTables(stencils, rows, old, current, rowStencils, workspace);
  const polynomials = createPolynomials(covariance, workspace);
  const memory = createPanelMemory(stencils, polynomials, workspace);
  const factors = Array.from({ length: panels }, () => createNodeFactors(stencils, polynomials, workspace));
  const signal = planting && createSignal(covariance, planting, size, rows, old, tables);
  const equation = gauge && createGaugeEquation(gauge, stencils, rows);
  const parts = { stencils, rows, tables, memory, factors, signal, gauge: equation };
  const [residual, jacobian] = [createResidual(parts), createJacobian(parts)];
  const newton = createNewton(unknowns, residual, jacobian, workspace, effort, gauge !== undefined);
  return {
    start,
    stencils,
    rows,
    factors,
    tables,
    prepare(r, order) {
      rowStencils.prepare(r, order);
      tables.prepare(r);
    },
    unknowns,
    residual,
    jacobian,
    newton,
  };
}

const tablesOf = ({ inner, outer, cross }: Panel): readonly Float64Array[] => [inner, outer, ...cross];

/** A panel with its tables in another workspace. */
function movePanel(panel: Panel, workspace: Workspace): Panel {
  const [inner, outer, ...cross] = tablesOf(panel).map((table) => {
    const moved = workspace.float64(table.length);
    moved.set(table);
    return moved;
  });
  return { ...panel, inner, outer, cross };
}
