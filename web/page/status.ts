import type { Progress } from "twotime";
import type { Shown } from "../chart/marks";
import { button } from "../form/element";
import { place } from "./place";

/** The line below the curves: what is computed, how far it is, what went wrong. */
export interface Status {
  /** Says what is known of a setting; of one that is not there yet, that it is computed. */
  tell(shown: Shown | undefined): void;
  progress(what: "theory" | "finite", progress: Progress | undefined): void;
  /** Says what there is not, and why where no field says it. */
  fail(error: Error | undefined, missing: string, isBesideField: boolean): void;
}

export function createStatus(onStop: () => void): Status {
  const running = new Map<string, Progress>();
  let stopped = false;
  const stop = button(
    "Stop",
    () => {
      stopped = true;
      onStop();
    },
    { hidden: "" },
  );
  place("stop").append(stop);
  const line = place("status");
  let spoken = "";
  /** To screen readers: what is finished, not every sample. */
  function speak(text: string): void {
    if (text === spoken) return;
    spoken = text;
    place("live").textContent = text;
  }

  return {
    tell(shown) {
      const known = shown ? textOf(shown) : "";
      const isHalted = stopped && running.size === 0;
      const text = isHalted ? `stopped, until something is changed${known && ` · ${known}`}` : known;
      if (!line.classList.contains("wrong")) line.textContent = text || (running.size > 0 ? "solving …" : "");
      if (running.size === 0) speak(text);
    },
    progress(what, progress) {
      if (progress && !running.has(what)) stopped = false;
      if (progress) running.set(what, progress);
      else running.delete(what);
      const bar = place<HTMLProgressElement>("progress");
      const current = running.get("theory") ?? running.get("finite");
      bar.hidden = current === undefined;
      stop.hidden = current === undefined;
      if (current) bar.value = current.total > 0 ? current.done / current.total : 0;
    },
    fail(error, missing, isBesideField) {
      line.classList.toggle("wrong", error !== undefined);
      if (!error) return;
      line.textContent = isBesideField ? `${missing}: a value is explained beside its field.` : error.message;
      speak(error.message);
    },
  };
}

function textOf({ theory, finite }: Shown): string {
  const seconds = theory?.seconds;
  return [
    ...(seconds !== undefined ? [`theory in ${seconds.toFixed(2)} s`] : []),
    ...(finite
      ? [
          `finite system${finite.size > 1 ? ` of size ${finite.size}` : ""}: ` +
            (finite.samples === 1 ? "1 sample" : `${finite.samples} samples, ± one standard error`),
        ]
      : []),
  ].join(" · ");
}
