/**
 * Colours for the members of a family of curves, in order. Of middle lightness, to be read on white and on
 * black, and told apart with the usual kinds of colour blindness.
 */
const palette = ["#2f74d0", "#129483", "#d9820f", "#c43c78", "#7b5bd1"] as const;

/** Colour of the k-th curve. */
export function colourOf(k: number): string {
  return palette[k % palette.length];
}

/** Colour of the k-th of `count` curves that belong to an ordered quantity: from blue over violet to orange. */
export function rampColour(k: number, count: number): string {
  const [first, last] = [215, 385];
  const hue = count > 1 ? first + ((last - first) * k) / (count - 1) : first;
  return `hsl(${Math.round(hue) % 360}, 62%, 48%)`;
}
