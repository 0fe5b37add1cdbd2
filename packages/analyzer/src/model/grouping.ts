/** The items by their keys, in the order in which keys first occur. */
export function groupBy<T, K>(items: Iterable<T>, key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const of = key(item);
    const found = groups.get(of);
    if (found === undefined) groups.set(of, [item]);
    else found.push(item);
  }
  return groups;
}
