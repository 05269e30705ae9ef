import type { Figure } from "../figures";
import { systems } from "../systems/registry";
import type { System } from "../systems/system";

/** Every figure of the atlas as the systems' records have them, in the order of the registry. */
export async function allFigures(): Promise<Figure[]> {
  const ofSystems = await Promise.all((systems as readonly System[]).map((system) => system.figures?.()));
  return ofSystems.flatMap((room) => room?.figures ?? []);
}
