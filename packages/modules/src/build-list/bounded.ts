/** Starts a task now, or when one of those before it has ended. */
export type Bounded = <T>(task: () => Promise<T>) => Promise<T>;

/** Runs at most `atOnce` tasks at a time, in the order in which they come. A task that fails frees its place. */
export function bounded(atOnce: number): Bounded {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    if (running >= atOnce) {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
    } else running++;
    try {
      return await task();
    } finally {
      // The place goes to the next in line without ever being free.
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
