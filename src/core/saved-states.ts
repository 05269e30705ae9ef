import { InvalidParameterError } from "./errors";
import type { Checkpoint, CheckpointStore } from "./options";

/** What saved states belong to. Only the same takes them up. */
export interface RunIdentity {
  readonly system: string;
  readonly solver: string;
  /** Of the solver and of what its states hold: another number where either has changed. */
  readonly version: string;
  /** Of all that a state depends on, and not of how far the run is to go: it may go on to more. */
  readonly parametersHash: string;
}

/** A state as named arrays, and back. */
export interface StateCodec<S> {
  pack(state: S): Readonly<Record<string, Float64Array>>;
  /** @throws any error where the arrays do not make a state. */
  unpack(arrays: Readonly<Record<string, Float64Array>>): S;
}

/** The states of pieces in a checkpoint store, which may be missing. */
export interface SavedStates<S> {
  /** By piece; undefined for a piece that has not begun. @throws InvalidParameterError for foreign or damaged states. */
  load(): Promise<(S | undefined)[]>;
  save(states: readonly (S | undefined)[]): Promise<void>;
  /** Whether one more save keeps the time for them below 2 % of the run's. */
  isDue(): boolean;
  readonly written: Written;
}

/** What the saves of a run took so far. */
export interface Written {
  readonly saves: number;
  /** Of the last one. */
  readonly bytes: number;
  readonly seconds: number;
}

/** Saves may take this share of the time, but these seconds in any case. */
const SHARE = 0.02;
const FREE = 0.1;

/** @param pieces how many there are. */
export function createSavedStates<S>(
  { identity, codec, stepsOf }: SavedKind<S>,
  pieces: number,
  store?: CheckpointStore,
): SavedStates<S> {
  /** Arrays of pieces that this run does not have. */
  let others: Readonly<Record<string, Float64Array>> = {};
  const begin = performance.now();
  const written = { saves: 0, bytes: 0, seconds: 0 };

  function unpack(arrays: Readonly<Record<string, Float64Array>>, piece: number): S {
    try {
      const state = codec.unpack(arrays);
      if (stepsOf(state, piece) > 0) return state;
    } catch {
      // Told below.
    }
    throw refusal(store, `holds a damaged state of ${nameOf(identity)}`);
  }

  return {
    written,
    isDue() {
      const { saves, seconds } = written;
      const elapsed = (performance.now() - begin) / 1000;
      return saves === 0 || seconds + seconds / saves <= Math.max(FREE, SHARE * elapsed);
    },
    async load() {
      const found = await store?.load();
      if (!found) return Array<undefined>(pieces).fill(undefined);
      const foreign = difference(found, identity);
      if (foreign) throw refusal(store, foreign);
      const byPiece = inPieces(found.arrays);
      others = Object.assign({}, ...[...byPiece].filter(([piece]) => piece >= pieces).map(named));
      return Array.from({ length: pieces }, (_, piece) => {
        const arrays = byPiece.get(piece);
        return arrays && unpack(arrays, piece);
      });
    },
    async save(states) {
      if (!store) return;
      const start = performance.now();
      const begun = [...states.entries()].flatMap(([piece, state]) =>
        state === undefined || stepsOf(state, piece) === 0 ? [] : [named([piece, codec.pack(state)])],
      );
      const arrays = Object.assign({}, others, ...begun);
      await store.save({ ...identity, arrays, scalars: { pieces } });
      written.saves++;
      written.bytes = Object.values<Float64Array>(arrays).reduce(
        (sum, { byteLength }) => sum + byteLength,
        0,
      );
      written.seconds += (performance.now() - start) / 1000;
    },
  };
}

/** What is known of the states. */
export interface SavedKind<S> {
  readonly identity: RunIdentity;
  readonly codec: StateCodec<S>;
  stepsOf(state: S, piece: number): number;
}

type PieceArrays = readonly [piece: number, arrays: Readonly<Record<string, Float64Array>>];

/** The arrays of a piece under their names in a checkpoint, which hold all pieces: "overlap[2]". */
const named = ([piece, arrays]: PieceArrays): Record<string, Float64Array> =>
  Object.fromEntries(Object.entries(arrays).map(([name, array]) => [`${name}[${piece}]`, array]));

function inPieces(arrays: Checkpoint["arrays"]): Map<number, Record<string, Float64Array>> {
  const byPiece = new Map<number, Record<string, Float64Array>>();
  for (const [name, array] of Object.entries(arrays)) {
    const [, ownName, piece] = /^(.*)\[(\d+)\]$/.exec(name) ?? [];
    if (piece === undefined) continue;
    byPiece.set(Number(piece), { ...byPiece.get(Number(piece)), [ownName]: array });
  }
  return byPiece;
}

/** What is foreign about a checkpoint, undefined where nothing is. */
function difference(found: Checkpoint, identity: RunIdentity): string | undefined {
  if (found.system !== identity.system || found.solver !== identity.solver) {
    return `holds states of ${nameOf(found)}, not of ${nameOf(identity)}`;
  }
  if (found.version !== identity.version) {
    return `holds states of ${nameOf(found)} in version ${found.version} of the solver, which is now ${identity.version}`;
  }
  if (found.parametersHash === identity.parametersHash) return undefined;
  return `holds states of ${nameOf(found)} with other parameters or another method`;
}

const nameOf = ({ system, solver }: Pick<RunIdentity, "system" | "solver">): string =>
  `${system} (${solver})`;

const ALLOWED = "one that is empty, or holds the same problem and method";

function refusal(store: CheckpointStore | undefined, holds: string): InvalidParameterError {
  const { parameter, value } = store?.place ?? { parameter: "checkpoint", value: undefined };
  const place = value === undefined ? parameter : `${parameter} ${value}`;
  return new InvalidParameterError(parameter, value, ALLOWED, `${place} ${holds}; allowed: ${ALLOWED}`);
}
