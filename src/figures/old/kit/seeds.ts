import { seed } from "../setting";

/**
 * Seed of one ensemble of a figure: 20261122 and what the ensemble is, e.g. "exit width, p = 2". The rule for all
 * figures: ensembles with different words are independent; only what is to share its random numbers shares its words.
 */
export function seedFor(ensemble: string): string {
  return `${seed} ${ensemble}`;
}
