declare module "virtual:worker-program" {
  /** The program of the workers, a classic script. */
  const program: string;
  export default program;
}
declare module "*.css";
