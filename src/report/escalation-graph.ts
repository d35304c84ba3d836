import type { Escalation } from '../finding/check-result.ts';
import { compareText } from '../kernel/compare-text.ts';

/** The dangerous edges of an account: every one leads to a node nearer to what is reached. */
export interface EscalationGraph {
  /** By layer: `layers[0]` is what is reached, the starts stand farthest from it. */
  readonly layers: readonly (readonly GraphNode[])[];
  readonly edges: readonly GraphEdge[];
  /** How many paths are too long to be drawn whole. */
  readonly cut: number;
}

/** A principal, or several that stand alike. */
export interface GraphNode {
  readonly id: string;
  /** ARNs; of what is reached by nobody else's identity, none. */
  readonly members: readonly string[];
  /** Whether it is what paths reach. */
  readonly isEnd: boolean;
  /** How many paths pass. */
  readonly weight: number;
}

/** How one gets from one to another: the methods, and the actions that they need. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly methods: readonly string[];
  readonly actions: readonly string[];
  readonly weight: number;
  /** Whether all that pass need conditions. */
  readonly conditional: boolean;
}

/** Administrator by one's own permissions, whoever one is. */
export const ADMINISTRATOR = '#administrator';

/** How the id of a node begins that stands for those of its layer that have no room of their own. */
export const REST = '#rest ';

/** As many layers are drawn, and as many nodes in all, but for those that stand for several. */
const MOST_LAYERS = 6;
const MOST_NODES = 48;
const MOST_IN_LAYER = 16;
/** As many that stand alike become one. */
const ALIKE = 3;

/** Makes the graph of paths, in which those that stand alike are one and no layer has more nodes than can be read. */
export const escalationGraph = (paths: readonly Escalation[]): EscalationGraph => {
  const edges = new Map<string, GraphEdge>();
  for (const path of paths) for (const edge of hopsOf(path)) unite(edges, edge);
  const ends = new Set(paths.map(endOf));
  const alike = alikeStarts([...edges.values()], ends);
  const merged = renamed([...edges.values()], (id) => alike.get(id) ?? id);
  const layerOf = layersOf(merged);
  const near = merged.filter(
    ({ from, to }) => (layerOf.get(from) ?? 0) > (layerOf.get(to) ?? 0) && (layerOf.get(from) ?? 0) < MOST_LAYERS,
  );
  const members = membersOf(edges.values(), alike);
  const nodes = nodesOf(near, members, ends);
  const rest = restOf(nodes, layerOf);
  const drawn = renamed(near, (id) => rest.get(id) ?? id);
  return {
    layers: inLayers(nodes, drawn, { layerOf, rest, ends }),
    edges: drawn,
    cut: sum(merged.filter((edge) => !near.includes(edge)).map(({ weight }) => weight)),
  };
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const endOf = ({ steps, reaches }: Escalation): string => {
  const last = steps.at(-1);
  if (reaches !== 'administrator') return reaches;
  return last === undefined || last.to === last.from ? ADMINISTRATOR : last.to;
};

/** The hops of a path from one principal to another, and the last to what is reached. */
const hopsOf = (path: Escalation): readonly GraphEdge[] => {
  const { steps, proof } = path;
  const hops: GraphEdge[] = [];
  let methods: string[] = [];
  let actions: string[] = [];
  steps.forEach(({ method, from, to, requests }, index) => {
    methods = [...methods, method];
    actions = [...actions, ...requests.map(({ action }) => action)];
    const isLast = index === steps.length - 1;
    const target = isLast ? endOf(path) : to;
    if (target === from) return;
    hops.push({ from, to: target, methods, actions: unique(actions), weight: 1, conditional: proof === 'conditional' });
    methods = [];
    actions = [];
  });
  return hops;
};

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

const keyOf = ({ from, to }: GraphEdge): string => JSON.stringify([from, to]);

const unite = (edges: Map<string, GraphEdge>, edge: GraphEdge): void => {
  const before = edges.get(keyOf(edge));
  edges.set(
    keyOf(edge),
    before === undefined
      ? edge
      : {
          ...edge,
          methods: unique([...before.methods, ...edge.methods]),
          actions: unique([...before.actions, ...edge.actions]),
          weight: before.weight + edge.weight,
          conditional: before.conditional && edge.conditional,
        },
  );
};

const renamed = (edges: readonly GraphEdge[], nameOf: (id: string) => string): readonly GraphEdge[] => {
  const united = new Map<string, GraphEdge>();
  for (const edge of edges) unite(united, { ...edge, from: nameOf(edge.from), to: nameOf(edge.to) });
  return [...united.values()];
};

/** Starts that nobody else leads to, and that go the same ways: one name for them. Where there are many, sooner. */
const alikeStarts = (edges: readonly GraphEdge[], ends: ReadonlySet<string>): ReadonlyMap<string, string> => {
  const strict = groupsOfStarts(edges, ends, kindOf);
  const large = [...strict.values()].filter((ids) => ids.length >= ALIKE);
  const left = sum([...strict.values()].map((ids) => ids.length)) - sum(large.map((ids) => ids.length - 1));
  const groups = left <= MOST_IN_LAYER ? strict : groupsOfStarts(edges, ends, () => '');
  const fewest = left <= MOST_IN_LAYER ? ALIKE : 2;
  return new Map([...groups].flatMap(([key, ids]) => (ids.length < fewest ? [] : ids.map((id) => [id, key] as const))));
};

const groupsOfStarts = (
  edges: readonly GraphEdge[],
  ends: ReadonlySet<string>,
  kindOfStart: (id: string) => string,
): ReadonlyMap<string, readonly string[]> => {
  const targets = new Set(edges.map(({ to }) => to));
  const ways = new Map<string, string[]>();
  for (const { from, to, methods, conditional } of edges) {
    if (targets.has(from) || ends.has(from)) continue;
    const before = ways.get(from) ?? [kindOfStart(from)];
    ways.set(from, [...before, JSON.stringify([to, methods, conditional])]);
  }
  const groups = new Map<string, string[]>();
  for (const [id, way] of ways) {
    const key = `#alike ${way.sort(compareText).join(' ')}`;
    groups.set(key, [...(groups.get(key) ?? []), id]);
  }
  return groups;
};

const kindOf = (arn: string): string => (arn.includes(':role/') ? 'role' : 'user');

/** How far each is from what is reached, by the longest way; what would lead back counts as no way. */
const layersOf = (edges: readonly GraphEdge[]): ReadonlyMap<string, number> => {
  const ways = new Map<string, string[]>();
  for (const { from, to } of edges) ways.set(from, [...(ways.get(from) ?? []), to]);
  const layers = new Map<string, number>();
  const under = new Set<string>();
  const layerOf = (id: string): number => {
    const known = layers.get(id);
    if (known !== undefined) return known;
    if (under.has(id) || under.size > MOST_LAYERS) return -1;
    under.add(id);
    const layer = Math.max(-1, ...(ways.get(id) ?? []).map(layerOf)) + 1;
    under.delete(id);
    layers.set(id, layer);
    return layer;
  };
  for (const { from, to } of edges) for (const id of [from, to]) layerOf(id);
  return layers;
};

const membersOf = (
  edges: Iterable<GraphEdge>,
  alike: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly string[]> => {
  const members = new Map<string, Set<string>>();
  for (const { from, to } of edges) {
    for (const id of [from, to].filter((each) => each !== ADMINISTRATOR)) {
      const name = alike.get(id) ?? id;
      members.set(name, (members.get(name) ?? new Set()).add(id));
    }
  }
  return new Map([...members].map(([id, each]) => [id, [...each].sort(compareText)]));
};

const nodesOf = (
  edges: readonly GraphEdge[],
  members: ReadonlyMap<string, readonly string[]>,
  ends: ReadonlySet<string>,
): readonly GraphNode[] => {
  const weights = new Map<string, number>();
  for (const id of new Set(edges.flatMap(({ from, to }) => [from, to]))) weights.set(id, 0);
  for (const { from, weight } of edges) weights.set(from, (weights.get(from) ?? 0) + weight);
  for (const { to, weight } of edges) if (ends.has(to)) weights.set(to, (weights.get(to) ?? 0) + weight);
  return [...weights].map(([id, weight]) => ({ id, members: members.get(id) ?? [], isEnd: ends.has(id), weight }));
};

/** What has no room of its own stands with others of its layer: one name for them. */
const restOf = (nodes: readonly GraphNode[], layerOf: ReadonlyMap<string, number>): ReadonlyMap<string, string> => {
  const count = Math.max(1, ...nodes.map(({ id }) => (layerOf.get(id) ?? 0) + 1));
  const room = Math.min(MOST_IN_LAYER, Math.floor(MOST_NODES / count));
  const rest = new Map<string, string>();
  for (let layer = 0; layer < count; layer++) {
    const here = nodes.filter(({ id }) => layerOf.get(id) === layer).sort(byWeight);
    if (here.length <= room) continue;
    for (const { id } of here.slice(room - 1)) rest.set(id, `${REST}${layer}`);
  }
  return rest;
};

const byWeight = (left: GraphNode, right: GraphNode): number =>
  right.weight - left.weight || compareText(left.id, right.id);

const inLayers = (
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
  {
    layerOf,
    rest,
    ends,
  }: {
    readonly layerOf: ReadonlyMap<string, number>;
    readonly rest: ReadonlyMap<string, string>;
    readonly ends: ReadonlySet<string>;
  },
): readonly (readonly GraphNode[])[] => {
  const count = Math.max(0, ...nodes.map(({ id }) => (layerOf.get(id) ?? 0) + 1));
  const layers = Array.from({ length: count }, () => new Map<string, GraphNode>());
  for (const node of nodes) {
    const id = rest.get(node.id) ?? node.id;
    const layer = layers[layerOf.get(node.id) ?? 0];
    const before = layer?.get(id);
    layer?.set(id, {
      id,
      members: [...(before?.members ?? []), ...node.members],
      isEnd: before?.isEnd ?? ends.has(node.id),
      weight: (before?.weight ?? 0) + node.weight,
    });
  }
  return ordered(
    layers.map((layer) => [...layer.values()]),
    edges,
  );
};

/** Each layer in the order of what its nodes lead to, so that few edges cross; heavier ones first. */
const ordered = (
  layers: readonly (readonly GraphNode[])[],
  edges: readonly GraphEdge[],
): readonly (readonly GraphNode[])[] => {
  const places = new Map<string, number>();
  return layers.map((layer) => {
    const meanOf = ({ id }: GraphNode): number => {
      const targets = edges.flatMap(({ from, to }) => (from === id ? [places.get(to) ?? 0] : []));
      return targets.length === 0 ? 0 : sum(targets) / targets.length;
    };
    const sorted = layer
      .map((node) => ({ node, mean: meanOf(node) }))
      .sort((left, right) => left.mean - right.mean || byWeight(left.node, right.node))
      .map(({ node }) => node);
    sorted.forEach(({ id }, index) => {
      places.set(id, (index + 0.5) / sorted.length);
    });
    return sorted;
  });
};
