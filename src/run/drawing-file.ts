/** File of a drawing by its name, a short phrase. @param kind of the drawing where it has others, e.g. "narrow" */
export const drawingFile = (name: string, kind?: string): string => {
  const words = name
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "")
    .toLowerCase();
  return `${words}${kind ? `.${kind}` : ""}.svg`;
};
