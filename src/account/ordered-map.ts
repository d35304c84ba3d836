/**
 * An immutable map with text keys in code-unit order: `set` and `delete` give a new map that shares all but a path of
 * the old one, so that a fork of an account costs what it changes. A weight-balanced tree (Adams, "Efficient sets: a
 * balancing act"); every operation but iteration takes logarithmic time.
 */
export class OrderedMap<V> {
  readonly #root: Tree<V>;

  private constructor(root: Tree<V>) {
    this.#root = root;
  }

  /** The map without entries. */
  static empty<V>(): OrderedMap<V> {
    return new OrderedMap<V>(null);
  }

  /** The map of some entries; of two with the same key the later one stays. */
  static from<V>(entries: Iterable<readonly [string, V]>): OrderedMap<V> {
    let root: Tree<V> = null;
    for (const [key, value] of entries) root = inserted(root, key, value);
    return new OrderedMap(root);
  }

  /** Number of entries. */
  get size(): number {
    return sizeOf(this.#root);
  }

  /** The value of a key, if it is there. */
  get(key: string): V | undefined {
    let node = this.#root;
    while (node !== null && node.key !== key) node = key < node.key ? node.left : node.right;
    return node?.value;
  }

  /** Whether a key is there. */
  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  /** This map with an entry added or replaced. */
  set(key: string, value: V): OrderedMap<V> {
    return new OrderedMap(inserted(this.#root, key, value));
  }

  /** This map without a key. */
  delete(key: string): OrderedMap<V> {
    return this.has(key) ? new OrderedMap(removed(this.#root, key)) : this;
  }

  /** All values in key order. */
  *values(): Generator<V> {
    for (const [, value] of this.entriesFrom('')) yield value;
  }

  /** The entries whose key is at or after `from`, in key order; reaching the first takes logarithmic time. */
  *entriesFrom(from: string): Generator<readonly [string, V]> {
    const pending: Node<V>[] = [];
    let node = this.#root;
    while (true) {
      while (node !== null) {
        if (node.key < from) {
          node = node.right;
        } else {
          pending.push(node);
          node = node.left;
        }
      }
      const next = pending.pop();
      if (next === undefined) return;
      yield [next.key, next.value];
      node = next.right;
    }
  }

  /** The entries whose key begins with `prefix`, in key order. */
  *entriesWithPrefix(prefix: string): Generator<readonly [string, V]> {
    for (const entry of this.entriesFrom(prefix)) {
      if (!entry[0].startsWith(prefix)) return;
      yield entry;
    }
  }

  /** Number of the entries whose key begins with `prefix`, which does not end in U+FFFF, in logarithmic time. */
  countWithPrefix(prefix: string): number {
    if (prefix === '') return this.size;
    // The first text in code-unit order after all that begin with the prefix.
    const end = prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1);
    return rankOf(this.#root, end) - rankOf(this.#root, prefix);
  }
}

interface Node<V> {
  readonly key: string;
  readonly value: V;
  readonly left: Tree<V>;
  readonly right: Tree<V>;
  readonly size: number;
}

type Tree<V> = Node<V> | null;

/** How much heavier one side may be than the other, and when a double rotation is due (Hirai and Yamamoto, 2011). */
const DELTA = 3;
const GAMMA = 2;

const sizeOf = (tree: Tree<unknown>): number => tree?.size ?? 0;

/** How many keys stand before a text. */
const rankOf = (tree: Tree<unknown>, text: string): number => {
  let rank = 0;
  let node = tree;
  while (node !== null) {
    const isBefore = node.key < text;
    if (isBefore) rank += sizeOf(node.left) + 1;
    node = isBefore ? node.right : node.left;
  }
  return rank;
};

const weightOf = (tree: Tree<unknown>): number => sizeOf(tree) + 1;

const node = <V>(left: Tree<V>, { key, value }: { key: string; value: V }, right: Tree<V>): Node<V> => ({
  key,
  value,
  left,
  right,
  size: sizeOf(left) + 1 + sizeOf(right),
});

const balanced = <V>(left: Tree<V>, middle: { key: string; value: V }, right: Tree<V>): Node<V> => {
  if (right !== null && weightOf(right) > DELTA * weightOf(left)) return rotatedLeft(left, middle, right);
  if (left !== null && weightOf(left) > DELTA * weightOf(right)) return rotatedRight(left, middle, right);
  return node(left, middle, right);
};

const rotatedLeft = <V>(left: Tree<V>, middle: { key: string; value: V }, right: Node<V>): Node<V> => {
  const inner = right.left;
  return inner === null || weightOf(inner) < GAMMA * weightOf(right.right)
    ? node(node(left, middle, inner), right, right.right)
    : node(node(left, middle, inner.left), inner, node(inner.right, right, right.right));
};

const rotatedRight = <V>(left: Node<V>, middle: { key: string; value: V }, right: Tree<V>): Node<V> => {
  const inner = left.right;
  return inner === null || weightOf(inner) < GAMMA * weightOf(left.left)
    ? node(left.left, left, node(inner, middle, right))
    : node(node(left.left, left, inner.left), inner, node(inner.right, middle, right));
};

const inserted = <V>(tree: Tree<V>, key: string, value: V): Node<V> => {
  if (tree === null) return { key, value, left: null, right: null, size: 1 };
  if (key < tree.key) return balanced(inserted(tree.left, key, value), tree, tree.right);
  if (key > tree.key) return balanced(tree.left, tree, inserted(tree.right, key, value));
  return { ...tree, value };
};

const removed = <V>(tree: Tree<V>, key: string): Tree<V> => {
  if (tree === null) return null;
  if (key < tree.key) return balanced(removed(tree.left, key), tree, tree.right);
  if (key > tree.key) return balanced(tree.left, tree, removed(tree.right, key));
  if (tree.left === null) return tree.right;
  if (tree.right === null) return tree.left;
  const successor = first(tree.right);
  return balanced(tree.left, successor, removed(tree.right, successor.key));
};

const first = <V>(tree: Node<V>): Node<V> => (tree.left === null ? tree : first(tree.left));
