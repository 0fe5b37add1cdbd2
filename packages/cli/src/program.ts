/** The whole program in one script, so that V8's code of it can be kept as one. */
export { main } from "./main.ts";

/** Makes this thread one that compiles. */
export async function serveCompiles(): Promise<void> {
  const { serveCompiles: serve } = await import("./compile/serve.ts");
  await serve();
}
