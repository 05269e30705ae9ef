import { MemoryError } from "../core/errors";
import type { PlaceTable } from "./aging";
import type { Kernels, Reals } from "./kernels";
import { module as base64 } from "./module";
import { createArena, type Workspace } from "./workspace";

const PAGE = 65536;
/** 32-bit addresses. */
const MOST_PAGES = 65536;

let compiled: WebAssembly.Module | undefined;
const bytes = () => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** Why the module cannot run here; undefined where it can. */
export function simdSupport(): string | undefined {
  if (typeof WebAssembly === "undefined") return "there is no WebAssembly here";
  return WebAssembly.validate(bytes()) ? undefined : "WebAssembly has no SIMD here";
}

/** A memory of its own for every workspace, so that none ever grows or is shared. @throws MemoryError */
export function createSimdWorkspace(size: number): Workspace {
  compiled ??= new WebAssembly.Module(bytes());
  const memory = allocate(size);
  const exports = new WebAssembly.Instance(compiled, { env: { memory } }).exports as unknown as Exports;
  const { buffer } = memory;
  return { ...createArena(buffer, exports.heapBase.value), kernels: bind(exports, buffer) };
}

/** Of the module itself: its tables and packed panels. */
const OWN_BYTES = 4 * PAGE;

function allocate(size: number): WebAssembly.Memory {
  const pages = Math.ceil((size + OWN_BYTES) / PAGE);
  if (pages > MOST_PAGES) throw new MemoryError(size, MOST_PAGES * PAGE - OWN_BYTES);
  try {
    return new WebAssembly.Memory({ initial: pages });
  } catch (error) {
    if (error instanceof RangeError) throw new MemoryError(size, 0);
    throw error;
  }
}

interface Exports {
  readonly heapBase: WebAssembly.Global;
  interpolatePairs(...numbers: readonly number[]): void;
  interpolateRows(...numbers: readonly number[]): void;
  completeOuter(...numbers: readonly number[]): void;
  completeInner(...numbers: readonly number[]): void;
  contractMemory(...numbers: readonly number[]): void;
  addInnerJacobian(...numbers: readonly number[]): void;
  addOuterJacobian(...numbers: readonly number[]): void;
  sweepTwoTime(...numbers: readonly number[]): void;
  polynomial(...numbers: readonly number[]): void;
  predictRow(...numbers: readonly number[]): void;
  stepRow(...numbers: readonly number[]): void;
  slopeOfRow(...numbers: readonly number[]): void;
  rightSideOfCorrelation(...numbers: readonly number[]): void;
  rightSideOfResponse(...numbers: readonly number[]): void;
  memoryCoefficients(...numbers: readonly number[]): void;
  multiplierIntegral(...numbers: readonly number[]): number;
  weightedProduct(...numbers: readonly number[]): number;
  largestDifference(...numbers: readonly number[]): number;
  symmetricTimesVector(...numbers: readonly number[]): void;
  contractTriangle(...numbers: readonly number[]): number;
  multiplyAdd64(...numbers: readonly number[]): void;
  multiplyAdd32(...numbers: readonly number[]): void;
  multiplyTransposedAdd64(...numbers: readonly number[]): void;
  multiplyTransposedAdd32(...numbers: readonly number[]): void;
  factorLU(...numbers: readonly number[]): number;
  solveLU(...numbers: readonly number[]): void;
  factorCholesky(...numbers: readonly number[]): number;
  solveLower(...numbers: readonly number[]): void;
  solveLowerTransposed(...numbers: readonly number[]): void;
  averageResponses64(...numbers: readonly number[]): void;
  averageResponses32(...numbers: readonly number[]): void;
  advanceResponses64(...numbers: readonly number[]): void;
  advanceResponses32(...numbers: readonly number[]): void;
  stepMoments(...numbers: readonly number[]): void;
  stepAdjoints(...numbers: readonly number[]): void;
  walshHadamard(...numbers: readonly number[]): void;
  multiplyElements(...numbers: readonly number[]): void;
  particleForces(...numbers: readonly number[]): void;
  moveParticles(...numbers: readonly number[]): number;
  philox(...numbers: readonly number[]): void;
  normals(...numbers: readonly number[]): void;
}

/** The module's functions on views of its memory. */
function bind(wasm: Exports, memory: ArrayBuffer): Kernels {
  /** Address of a view; a view of other memory would be written over in silence. */
  const at = (view: ArrayBufferView): number => {
    if (view.buffer !== memory) throw new TypeError("kernels work on views of their own workspace only");
    return view.byteOffset;
  };
  const ofPlaces = ({ starts, weights, inverseDensity }: PlaceTable) =>
    [starts, weights, inverseDensity].map(at);
  const isSingle = (view: Reals) => view.BYTES_PER_ELEMENT === 4;
  return {
    interpolatePairs(count, places, row, correlation, response) {
      wasm.interpolatePairs(count, ...ofPlaces(places), at(row), at(correlation), at(response));
    },
    interpolateRows(count, size, places, { rows, starts, weights, scale }, table) {
      const ofRows = [rows, starts, weights, scale].map(at);
      wasm.interpolateRows(count, size, ...ofPlaces(places), ...ofRows, at(table));
    },
    completeOuter(count, places, { correlation, response }, row, past, table) {
      const views = [correlation, response, row, past, table].map(at);
      wasm.completeOuter(count, ...ofPlaces(places), ...views);
    },
    completeInner(size, { correlation, response }, inverseDensity, row, past, table) {
      const views = [correlation, response, inverseDensity, row, past, table].map(at);
      wasm.completeInner(size, ...views);
    },
    contractMemory(size, { inner, outer, innerTable, outerTable }, weight, sums) {
      const factors = [inner.response, inner.first, inner.second, outer.response, outer.second];
      wasm.contractMemory(size, ...[...factors, innerTable, outerTable, weight, sums].map(at));
    },
    addInnerJacobian(size, { response, first, second, third }, table, places, own, nodes, matrix) {
      const views = [own.correlation, own.response, nodes.phi, nodes.weight, nodes.inverseDensity, matrix];
      const factors = [response, first, second, third, table].map(at);
      wasm.addInnerJacobian(size, ...factors, ...ofPlaces(places), ...views.map(at));
    },
    addOuterJacobian(size, { response, second, third }, table, places, ratios, own, nodes, matrix) {
      const views = [own.correlation, own.response, nodes.psi, nodes.weight, matrix];
      const factors = [response, second, third, table].map(at);
      wasm.addOuterJacobian(size, ...factors, ...ofPlaces(places), ...ofPlaces(ratios), ...views.map(at));
    },
    sweepTwoTime(from, to, { correlation, response }, { kernel, source }, integrals) {
      wasm.sweepTwoTime(
        from,
        to,
        at(correlation),
        at(response),
        at(kernel),
        at(source),
        at(integrals.correlation),
        at(integrals.forcing),
        at(integrals.response),
      );
    },
    polynomial(count, degree, coefficients, x, out) {
      wasm.polynomial(count, degree, at(coefficients), at(x), at(out));
    },
    predictRow(count, step, { base, slopes, out }) {
      wasm.predictRow(
        count,
        step,
        at(base),
        at(slopes[0]),
        at(slopes[1]),
        at(slopes[2]),
        at(slopes[3]),
        at(out),
      );
    },
    stepRow(count, scale, half, { base, before, now, out }) {
      wasm.stepRow(count, scale, half, at(base), at(before), at(now), at(out));
    },
    slopeOfRow(count, decay, { rightSide, row, out }) {
      wasm.slopeOfRow(count, decay, at(rightSide), at(row), at(out));
    },
    rightSideOfCorrelation(count, speed, field, { memory: sums, forcing, starting, first, overlap, out }) {
      wasm.rightSideOfCorrelation(
        count,
        speed,
        field,
        at(sums),
        at(forcing),
        at(starting),
        at(first),
        at(overlap),
        at(out),
      );
    },
    rightSideOfResponse(count, speed, { memory: sums, ending, second, response, out }) {
      wasm.rightSideOfResponse(count, speed, at(sums), at(ending), at(second), at(response), at(out));
    },
    memoryCoefficients(count, { weight, first, second, response, kernel, source }) {
      wasm.memoryCoefficients(count, at(weight), at(first), at(second), at(response), at(kernel), at(source));
    },
    multiplierIntegral(count, { weight, response, first, second, correlation }) {
      return wasm.multiplierIntegral(count, at(weight), at(response), at(first), at(second), at(correlation));
    },
    weightedProduct(count, { weight, a, b }) {
      return wasm.weightedProduct(count, at(weight), at(a), at(b));
    },
    largestDifference(count, a, b) {
      return wasm.largestDifference(count, at(a), at(b));
    },
    symmetricTimesVector(size, matrix, x, y) {
      wasm.symmetricTimesVector(size, at(matrix), at(x), at(y));
    },
    contractTriangle(entries, position, start, x, gradient, weight) {
      return wasm.contractTriangle(at(entries) + 8 * position, start, x.length, at(x), at(gradient), weight);
    },
    multiplyAdd(rows, inner, columns, a, b, c) {
      const multiply = isSingle(a) ? wasm.multiplyAdd32 : wasm.multiplyAdd64;
      multiply(rows, inner, columns, at(a), at(b), at(c));
    },
    multiplyTransposedAdd(rows, inner, columns, a, b, c) {
      const multiply = isSingle(a) ? wasm.multiplyTransposedAdd32 : wasm.multiplyTransposedAdd64;
      multiply(rows, inner, columns, at(a), at(b), at(c));
    },
    factorLU(size, matrix, pivots) {
      return wasm.factorLU(size, at(matrix), at(pivots));
    },
    solveLU(size, factors, pivots, columns, b) {
      wasm.solveLU(size, at(factors), at(pivots), columns, at(b));
    },
    factorCholesky(size, matrix) {
      return wasm.factorCholesky(size, at(matrix));
    },
    solveLower(size, lower, columns, b) {
      wasm.solveLower(size, at(lower), columns, at(b));
    },
    solveLowerTransposed(size, lower, columns, b) {
      wasm.solveLowerTransposed(size, at(lower), columns, at(b));
    },
    averageResponses(nodes, lanes, memory, { scale, free, step }, expansion, ...views) {
      const average = isSingle(memory) ? wasm.averageResponses32 : wasm.averageResponses64;
      const { first, second, third, weight } = expansion;
      const all = [memory, scale, free, step, first, second, third, weight, ...views];
      average(nodes, lanes, ...all.map(at));
    },
    advanceResponses(node, nodes, lanes, memory, { scale, free, step }, expansion, ...views) {
      const advance = isSingle(memory) ? wasm.advanceResponses32 : wasm.advanceResponses64;
      const { first, second, third, weight } = expansion;
      const all = [first, second, third, weight, ...views];
      advance(node, nodes, lanes, at(memory), scale, free, step, ...all.map(at));
    },
    stepMoments(count, rate, spread, kick, { eigenvalue, noiseWeight, before, row }, sums) {
      const [l, w, from, to] = [at(eigenvalue), at(noiseWeight), at(before), at(row)];
      wasm.stepMoments(count, rate, spread, kick, l, w, from, to, at(sums));
    },
    stepAdjoints(count, rate, spread, kick, { eigenvalue, noiseWeight, before, row }, sums) {
      const [l, w, from, to] = [at(eigenvalue), at(noiseWeight), at(before), at(row)];
      wasm.stepAdjoints(count, rate, spread, kick, l, w, from, to, at(sums));
    },
    walshHadamard(count, x) {
      wasm.walshHadamard(count, at(x));
    },
    multiplyElements(count, ...views) {
      wasm.multiplyElements(count, ...views.map(at));
    },
    particleForces(count, scale, overlap, along, { field, signal, start, share }, sums) {
      const views = [field, signal, start, share, sums].map(at);
      wasm.particleForces(count, scale, overlap, along, ...views);
    },
    moveParticles(count, decay, rate, heat, ...views) {
      return wasm.moveParticles(count, decay, rate, heat, ...views.map(at));
    },
    philox({ key0, key1, purpose, sample, block }, first, draws, words) {
      wasm.philox(key0, key1, purpose, sample, block, first, draws, at(words));
    },
    normals({ key0, key1, purpose, sample, block }, first, draws, out) {
      wasm.normals(key0, key1, purpose, sample, block, first, draws, at(out));
    },
  };
}
