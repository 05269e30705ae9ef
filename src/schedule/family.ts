import { type Piece, restPiece } from "./piece";

/** A checked schedule as pieces that follow each other from t = 0 on; the last one never ends. */
export interface Family {
  readonly pieces: readonly Piece[];
  /** Ends of pieces where the rate really bends, where those are not all of them. */
  readonly corners?: readonly number[];
  /** Last time at which the spec itself says what the rate is. */
  readonly end: number;
  /** β of the singularity η ~ t^-β at t = 0. */
  readonly startExponent: number;
  readonly label: string;
}

/** A family that the spec describes for ever, without its pieces of no length. */
export function endless(pieces: readonly Piece[], label: string): Family {
  return { pieces: pieces.filter((piece) => piece.to > piece.from), end: Infinity, startExponent: 0, label };
}

/** The pieces up to a horizon, then rest. */
export function ending(pieces: readonly Piece[], label: string): Family {
  const end = pieces[pieces.length - 1].to;
  return { ...endless([...pieces, restPiece(end)], label), end };
}
