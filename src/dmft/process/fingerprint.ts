import type { Cost } from "../../models/cost";

const FIELDS = [-1.7, 0.3, 1.1];

/** A function is known by its values. */
export const fingerprint = (cost: Cost): readonly (number | undefined)[] =>
  FIELDS.flatMap((h) =>
    FIELDS.flatMap((h0) => [
      cost.value(h, h0),
      cost.first(h, h0),
      cost.second(h, h0),
      cost.higher?.third(h, h0),
      cost.higher?.fourth(h, h0),
    ]),
  );

/** Whether the cost tells a signal from its opposite nowhere. */
export const isEven = ({ value }: Cost): boolean =>
  FIELDS.every((h) => FIELDS.every((h0) => value(h, h0) === value(h, -h0)));
