import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Escalation } from '../finding/check-result.ts';
import { ADMINISTRATOR, escalationGraph } from './escalation-graph.ts';
import { layOut } from './graph-layout.ts';

const arnOf = (name: string): string => `arn:aws:iam::123456789012:${name}`;

/** A path over principals, the last of which is administrator, or makes itself so where `itself` is told. */
const path = (names: readonly string[], method = 'sts-001', itself = false): Escalation => {
  const arns = names.map(arnOf);
  const ends = itself ? [...arns, arns.at(-1) ?? ''] : arns;
  return {
    reaches: 'administrator',
    proof: 'derived',
    steps: ends.slice(1).map((to, index) => ({
      method,
      from: ends[index] ?? '',
      to,
      requests: [{ action: 'sts:AssumeRole', resource: to, grantedBy: [] }],
    })),
  };
};

const idsOf = (paths: readonly Escalation[]) =>
  escalationGraph(paths).layers.map((layer) => layer.map(({ members, id }) => (members.length === 0 ? id : members)));

describe('the graph of escalations', () => {
  it('has nothing where there are no paths', () => {
    expect(escalationGraph([])).toEqual({ layers: [], edges: [], cut: 0 });
  });

  it('puts what is reached first, and everybody as far from it as the way is long', () => {
    expect(idsOf([path(['user/alice', 'role/deploy', 'role/admin']), path(['role/deploy', 'role/admin'])])).toEqual([
      [[arnOf('role/admin')]],
      [[arnOf('role/deploy')]],
      [[arnOf('user/alice')]],
    ]);
  });

  it('leads those that make themselves administrator to one end', () => {
    expect(idsOf([path(['user/alice'], 'iam-007', true), path(['role/ci'], 'iam-005', true)])).toEqual([
      [ADMINISTRATOR],
      [[arnOf('role/ci')], [arnOf('user/alice')]],
    ]);
  });

  it('makes one of hundreds that go the same way, users apart from roles', () => {
    const paths = Array.from({ length: 214 }, (_, index) => path([`user/u${index}`, 'role/admin']));
    const graph = escalationGraph([...paths, path(['role/other', 'role/admin'])]);
    expect(graph.layers.map((layer) => layer.map(({ members }) => members.length))).toEqual([[1], [214, 1]]);
    expect(graph.edges.map(({ weight }) => weight)).toEqual([214, 1]);
  });

  it('says under conditions where all paths of an edge need some', () => {
    const conditional = { ...path(['user/alice', 'role/admin']), proof: 'conditional' } as const;
    expect(escalationGraph([conditional]).edges).toMatchObject([{ conditional: true }]);
    expect(escalationGraph([conditional, path(['user/alice', 'role/admin'])]).edges).toMatchObject([
      { conditional: false, weight: 2 },
    ]);
  });

  it('is drawn where paths run in a circle', () => {
    const graph = escalationGraph([path(['user/a', 'user/b', 'role/x']), path(['user/b', 'user/a', 'role/y'])]);
    expect(graph.layers.flat().length).toBeGreaterThan(2);
    expect(graph.cut).toBeGreaterThan(0);
  });

  it('stays readable whatever the account: 2,000 paths in no more than 60 nodes', () => {
    const paths = Array.from({ length: 2_000 }, (_, index) =>
      path(
        [`user/u${index}`, `role/r${index % 400}`, `role/s${index % 50}`, `role/admin${index % 30}`],
        `m-${index % 7}`,
      ),
    );
    const { layers, edges } = escalationGraph(paths);
    expect(layers.flat().length).toBeLessThanOrEqual(60);
    expect(edges.length).toBeLessThan(400);
    const members = layers.flat().flatMap((node) => node.members);
    expect(new Set(members).size).toBe(2_000 + 400 + 50 + 30);
    expect(members.length).toBe(new Set(members).size);
  });

  it('goes to the right with every edge, and lets no boxes overlap', () => {
    const names = fc.constantFrom(
      ...Array.from({ length: 24 }, (_, index) => (index % 2 ? `user/u${index}` : `role/r${index}`)),
    );
    const paths = fc.array(
      fc
        .tuple(fc.uniqueArray(names, { minLength: 1, maxLength: 9 }), fc.boolean(), fc.constantFrom('m-1', 'm-2'))
        .map(([chain, itself, method]) => path(chain, method, itself || chain.length === 1)),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(paths, (some) => {
        const graph = escalationGraph(some);
        const { boxes, lines, width, height } = layOut(graph);
        const left = new Map(boxes.map((box) => [box.node.id, box]));
        for (const { edge } of lines) {
          const [from, to] = [left.get(edge.from), left.get(edge.to)];
          expect(from !== undefined && to !== undefined && from.x + from.width < to.x).toBe(true);
        }
        for (const [index, box] of boxes.entries()) {
          expect(box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height).toBe(true);
          for (const other of boxes.slice(index + 1)) expect(overlap(box, other)).toBe(false);
        }
        expect(lines.map(({ path: data }) => data).join('')).not.toMatch(/NaN|undefined|Infinity/);
      }),
      { numRuns: 300, seed: 20_261_122 },
    );
  });
});

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const overlap = (one: Area, other: Area): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;
