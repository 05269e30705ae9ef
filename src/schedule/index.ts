export { scheduleFrom } from "./begin";
export { createSchedule, type Schedule } from "./schedule";
export { decayExponent, type ScheduleSpec, scheduleKinds } from "./spec";
