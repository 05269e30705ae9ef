import { computePoints } from "./point-process";

computePoints();
