import type { AuditReport, Finding } from '../finding/audit-report.ts';
import type { Escalation } from '../finding/check-result.ts';
import { accountLabel } from './coverage-view.ts';
import { ADMINISTRATOR, escalationGraph, type GraphEdge, type GraphNode, REST } from './escalation-graph.ts';
import { groupsOf } from './finding-groups.ts';
import { type Box, type Line, layOut } from './graph-layout.ts';
import { type MethodTitles, methodInWords } from './method-titles.ts';
import { nameOfArn } from './name-of-arn.ts';
import { shortened } from './shortened.ts';
import { visibleText } from './visible-text.ts';
import { counted, listedInWords, numberInWords } from './words.ts';

/** The picture of an account's dangerous edges, and the same as a list. */
export interface GraphView {
  readonly id: string;
  readonly accountLabel: string;
  readonly title: string;
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly BoxView[];
  readonly lines: readonly LineView[];
  /** What is drawn, a sentence an edge. */
  readonly sentences: readonly string[];
  /** What is not drawn; null: nothing. */
  readonly cut: string | null;
}

interface BoxView {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly textX: number;
  readonly nameY: number;
  readonly kindY: number;
  readonly name: string;
  readonly kind: string;
  /** Everything that it stands for, in words. */
  readonly title: string;
  readonly isEnd: boolean;
  readonly isGroup: boolean;
}

interface LineView {
  readonly path: string;
  readonly labelX: number;
  readonly labelY: number;
  readonly label: string;
  readonly title: string;
  readonly thickness: number;
  readonly conditional: boolean;
}

/** More accounts than these have no picture; their paths stand in the findings. */
const MOST_GRAPHS = 4;
const NAME_WIDTH = 21;
const KIND_WIDTH = 27;
const LABEL_WIDTH = 26;
const MEMBERS_NAMED = 12;
/** The line of hundreds of paths is as thick as this. */
const THICKEST = 5;

/** The pictures of the accounts in which somebody can become administrator, those with most paths first. */
export const graphViews = (report: AuditReport, methods: MethodTitles): readonly GraphView[] => {
  const byAccount = new Map<string, Escalation[]>();
  for (const { accountId, escalation } of groupsOf(report.findings).problems.filter(isDrawn)) {
    byAccount.set(accountId, [...(byAccount.get(accountId) ?? []), escalation]);
  }
  const labels = new Map(report.accounts.map((account) => [account.accountId, accountLabel(account)]));
  return [...byAccount]
    .sort(([, left], [, right]) => right.length - left.length)
    .slice(0, MOST_GRAPHS)
    .map(([accountId, paths], index) =>
      graphView(paths, { id: `graph-${index + 1}`, label: labels.get(accountId) ?? visibleText(accountId), methods }),
    );
};

const isDrawn = (finding: Finding): finding is Finding & { readonly escalation: Escalation } =>
  finding.escalation?.reaches === 'administrator' && finding.escalation.steps.length > 0;

const graphView = (
  paths: readonly Escalation[],
  { id, label, methods }: { readonly id: string; readonly label: string; readonly methods: MethodTitles },
): GraphView => {
  const graph = escalationGraph(paths);
  const { width, height, boxes, lines } = layOut(graph);
  const nodes = new Map(graph.layers.flat().map((node) => [node.id, node]));
  const nodeOf = (nodeId: string): GraphNode | undefined => nodes.get(nodeId);
  const sentence = (edge: GraphEdge): string => edgeSentence(edge, nodeOf, methods);
  const certain = paths.filter(({ proof }) => proof !== 'conditional').length;
  return {
    id,
    accountLabel: label,
    title: `Who can become administrator in ${label}, and how`,
    description: `${counted(paths.length, 'path')}, ${numberInWords(certain)} of them without conditions. Paths run from the left to the administrators on the right. The list below says the same.`,
    width: Math.ceil(width),
    height: Math.ceil(height),
    boxes: boxes.map(boxView),
    lines: lines.map((line) => lineView(line, sentence(line.edge))),
    sentences: [...graph.edges].sort((left, right) => right.weight - left.weight).map(sentence),
    cut: graph.cut === 0 ? null : `${counted(graph.cut, 'hop')} of longer paths are not drawn; the findings tell them.`,
  };
};

const boxView = ({ node, x, y, width, height }: Box): BoxView => ({
  x,
  y,
  width,
  height,
  textX: x + 12,
  nameY: y + height / 2 - 2,
  kindY: y + height / 2 + 13,
  name: shortened(nameOfNode(node), NAME_WIDTH),
  kind: shortened(kindOfNode(node), KIND_WIDTH),
  title: node.members.length === 0 ? nameOfNode(node) : membersInWords(node),
  isEnd: node.isEnd,
  isGroup: node.members.length > 1,
});

const lineView = ({ edge, path, labelX, labelY }: Line, title: string): LineView => ({
  path,
  labelX,
  labelY,
  label: shortened(edgeLabel(edge), LABEL_WIDTH),
  title,
  thickness: Math.round(Math.min(THICKEST, 1.25 + 0.5 * Math.log2(edge.weight)) * 100) / 100,
  conditional: edge.conditional,
});

const isRole = (arn: string): boolean => arn.includes(':role/');

/** As many are named in a box; of more their number is. */
const FEW = 3;

const nameOfNode = ({ id, members }: GraphNode): string => {
  const [only] = members;
  if (only === undefined) return id === ADMINISTRATOR ? 'Administrator' : visibleText(id);
  if (id.startsWith(REST)) return counted(members.length, 'more', 'more');
  if (members.length === 1) return nameOfArn(only);
  return members.length > FEW
    ? countsOf(members)
    : `${shortened(nameOfArn(only), NAME_WIDTH - 3)} +${members.length - 1}`;
};

const kindOfNode = ({ id, members, isEnd }: GraphNode): string => {
  const [only, ...others] = members;
  if (only === undefined) return 'by permissions of its own';
  if (others.length > 0) {
    if (isEnd) return 'administrators';
    return members.length > FEW && !id.startsWith(REST) ? namesOf(members) : countsOf(members);
  }
  if (only.endsWith(':root')) return 'administrator';
  const kind = isRole(only) ? 'role' : 'user';
  return isEnd ? `${kind}, administrator` : kind;
};

const countsOf = (members: readonly string[]): string => {
  const roles = members.filter(isRole).length;
  const users = members.length - roles;
  return [...(users > 0 ? [counted(users, 'user')] : []), ...(roles > 0 ? [counted(roles, 'role')] : [])].join(', ');
};

const namesOf = (members: readonly string[]): string => listedInWords(members.map(nameOfArn), 1);

const membersInWords = ({ members }: GraphNode): string => listedInWords(members.map(nameOfArn), MEMBERS_NAMED);

/** What tells a method from others is the last request; where there are several methods, their number. */
const edgeLabel = ({ actions, methods }: GraphEdge): string => {
  if (methods.length > 1) return `${numberInWords(methods.length)} methods`;
  const last = visibleText(actions.at(-1) ?? methods[0] ?? '');
  return actions.includes('iam:PassRole') && last !== 'iam:PassRole'
    ? `PassRole, ${last.slice(last.indexOf(':') + 1)}`
    : last;
};

const edgeSentence = (
  { from, to, methods, weight, conditional }: GraphEdge,
  nodeOf: (id: string) => GraphNode | undefined,
  titles: MethodTitles,
): string => {
  const [source, target] = [nodeOf(from), nodeOf(to)];
  const who = source === undefined ? visibleText(from) : membersInWords(source);
  const whom = target === undefined || target.members.length === 0 ? 'administrator' : membersInWords(target);
  const how = listedInWords(
    methods.map((method) => methodInWords(method, titles)),
    3,
  );
  const paths = weight > 1 ? ` (${counted(weight, 'path')})` : '';
  return `${who} can become ${whom}${conditional ? ', under conditions' : ''}: ${how}${paths}.`;
};
