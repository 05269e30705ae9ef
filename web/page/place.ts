/** An element of the page that is always there. */
export const place = <E extends HTMLElement = HTMLElement>(id: string): E => document.getElementById(id) as E;
