import type { EscalationGraph, GraphEdge, GraphNode } from './escalation-graph.ts';

/** A graph with its measures, in pixels. */
export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
}

/** A node with its place. */
export interface Box {
  readonly node: GraphNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** An edge with its way from the right side of a box to the left side of another. */
export interface Line {
  readonly edge: GraphEdge;
  /** SVG path data. */
  readonly path: string;
  /** Where its label begins. */
  readonly labelX: number;
  readonly labelY: number;
}

const BOX_WIDTH = 196;
const BOX_HEIGHT = 42;
/** Between columns: room for the label, then for the bend. */
const LABEL_ROOM = 178;
const BEND = 56;
const COLUMN = BOX_WIDTH + LABEL_ROOM + BEND;
const GAP = 14;
/** Between the places where several edges leave a box. */
const SLOT = 20;
/** The room of an edge that passes a layer. */
const PASSAGE = 10;
const MARGIN = 4;

/** Something in a column: a box, or the passage of edges to a farther layer. */
interface Item {
  readonly node: GraphNode | null;
  readonly height: number;
  readonly y: number;
}

/** Places the farthest layer left, what is reached right, and leads edges through the layers that they pass. */
export const layOut = ({ layers, edges }: EscalationGraph): GraphLayout => {
  const layerOf = new Map(layers.flatMap((layer, index) => layer.map(({ id }) => [id, index] as const)));
  const columns = layers.map((layer, index) => column(layer, passing(index, edges, layerOf), edges));
  const height = Math.max(0, ...columns.map(heightOf));
  const xOf = (layer: number): number => MARGIN + (layers.length - 1 - layer) * COLUMN;
  const places = new Map<string, Item>();
  columns.forEach((items, layer) => {
    const top = MARGIN + (height - heightOf(items)) / 2;
    for (const [id, item] of items) places.set(placeOf(id, layer), { ...item, y: top + item.y });
  });
  const boxes = layers.flatMap((layer, index) =>
    layer.flatMap((node) => {
      const item = places.get(placeOf(node.id, index));
      return item === undefined ? [] : [{ node, x: xOf(index), y: item.y, width: BOX_WIDTH, height: item.height }];
    }),
  );
  const left = new Map<string, number>();
  const lines = edges.map((edge) => {
    const from = layerOf.get(edge.from) ?? 0;
    const to = layerOf.get(edge.to) ?? 0;
    const middles = Array.from({ length: from - to }, (_, step) => {
      const item = places.get(placeOf(edge.to, from - 1 - step));
      return { x: xOf(from - 1 - step), y: item === undefined ? 0 : item.y + item.height / 2 };
    });
    const start = startOf(edge, { edges, places, from, left });
    return line(edge, { x: xOf(from) + BOX_WIDTH, y: start }, middles);
  });
  return { width: 2 * MARGIN + (layers.length - 1) * COLUMN + BOX_WIDTH, height: height + 2 * MARGIN, boxes, lines };
};

const placeOf = (id: string, layer: number): string => `${layer} ${id}`;

const leaving = (id: string, edges: readonly GraphEdge[]): readonly GraphEdge[] =>
  edges.filter(({ from }) => from === id);

/** What edges that pass a layer lead to. */
const passing = (
  layer: number,
  edges: readonly GraphEdge[],
  layerOf: ReadonlyMap<string, number>,
): readonly string[] => [
  ...new Set(
    edges
      .filter(({ from, to }) => (layerOf.get(from) ?? 0) > layer && (layerOf.get(to) ?? 0) < layer)
      .map(({ to }) => to),
  ),
];

const column = (
  layer: readonly GraphNode[],
  passages: readonly string[],
  edges: readonly GraphEdge[],
): ReadonlyMap<string, Item> => {
  const items = new Map<string, Item>();
  let y = 0;
  for (const id of passages) {
    items.set(id, { node: null, height: PASSAGE, y });
    y += PASSAGE + GAP;
  }
  for (const node of layer) {
    const height = Math.max(BOX_HEIGHT, SLOT * (leaving(node.id, edges).length + 1));
    items.set(node.id, { node, height, y });
    y += height + GAP;
  }
  return items;
};

const heightOf = (items: ReadonlyMap<string, Item>): number =>
  Math.max(0, ...[...items.values()].map(({ y, height }) => y + height));

/** How high an edge leaves its box: each has a place of its own. */
const startOf = (
  { from }: GraphEdge,
  context: {
    readonly edges: readonly GraphEdge[];
    readonly places: ReadonlyMap<string, Item>;
    readonly from: number;
    readonly left: Map<string, number>;
  },
): number => {
  const item = context.places.get(placeOf(from, context.from));
  const before = context.left.get(from) ?? 0;
  context.left.set(from, before + 1);
  const slots = leaving(from, context.edges).length;
  return item === undefined ? 0 : item.y + (item.height * (before + 1)) / (slots + 1);
};

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Straight under its label, then bent to the next column, and straight through the columns that it passes. */
const line = (edge: GraphEdge, start: Point, points: readonly Point[]): Line => {
  let path = `M${round(start.x)} ${round(start.y)}`;
  let { y } = start;
  points.forEach((point, index) => {
    const bend = point.x - BEND;
    path += `H${round(bend)}C${round(bend + BEND / 2)} ${round(y)} ${round(bend + BEND / 2)} ${round(point.y)} ${round(point.x)} ${round(point.y)}`;
    if (index < points.length - 1) path += `H${round(point.x + BOX_WIDTH)}`;
    y = point.y;
  });
  return { edge, path, labelX: round(start.x + 8), labelY: round(start.y - 5) };
};

const round = (value: number): number => Math.round(value * 10) / 10;
