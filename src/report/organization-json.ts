import { CHANGE_KINDS } from '../finding/account-change.ts';
import type { Actor } from '../finding/actor.ts';
import { FINDING_STATES } from '../finding/audit-report.ts';
import { SEVERITIES } from '../finding/check-result.ts';
import type {
  AccountNews,
  AccountSummary,
  FrameworkSummary,
  Night,
  OrganizationReport,
  Some,
  SummarizedFinding,
  SummarizedPath,
} from '../finding/organization-night.ts';
import { actorMembers } from './actor-view.ts';
import { expectedMembers } from './findings-json.ts';

/** The text of `organization.json`: `schemaVersion` first, members and lists in a fixed order, a newline at the end. */
export const organizationJson = (report: OrganizationReport): string => {
  const document = {
    schemaVersion: report.schemaVersion,
    night: nightMembers(report.night),
    vigilVersion: report.vigilVersion,
    expected: report.expected.map(expectedMembers),
    accounts: report.accounts.map(accountMembers),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
};

// Each object is written member by member: the order of the text must not hang on how summaries were stored.

const nightMembers = ({ id, group, startedAt, finishedAt, deadline, deadlinePassed }: Night): Night => ({
  id,
  group,
  startedAt,
  finishedAt,
  deadline,
  deadlinePassed,
});

const accountMembers = (account: AccountSummary): AccountSummary => ({
  schemaVersion: account.schemaVersion,
  accountId: account.accountId,
  alias: account.alias,
  runId: account.runId,
  baselineRunId: account.baselineRunId,
  collectedAt: account.collectedAt,
  complete: account.complete,
  gaps: account.gaps.map(({ source, status, detail, checks }) => ({ source, status, detail, checks })),
  findings: inOrder(SEVERITIES, account.findings, (states) => inOrder(FINDING_STATES, states, (count) => count)),
  unjudged: account.unjudged,
  principals: account.principals,
  administrators: account.administrators,
  escalating: { surely: account.escalating.surely, conditionally: account.escalating.conditionally },
  paths: {
    ...someMembers(account.paths, pathMembers),
    byProof: {
      proven: account.paths.byProof.proven,
      derived: account.paths.byProof.derived,
      conditional: account.paths.byProof.conditional,
    },
    crossing: account.paths.crossing,
  },
  worst: someMembers(account.worst, findingMembers),
  frameworks: account.frameworks.map(frameworkMembers),
  news: account.news && newsMembers(account.news),
});

/** The members that an object has, in the order of a list. */
const inOrder = <Key extends string, Value, Told>(
  keys: readonly Key[],
  values: Readonly<Partial<Record<Key, Value>>>,
  told: (value: Value) => Told,
): Partial<Record<Key, Told>> => {
  const ordered: Partial<Record<Key, Told>> = {};
  for (const key of keys) {
    const value = values[key];
    if (value !== undefined) ordered[key] = told(value);
  }
  return ordered;
};

const someMembers = <Item, Told>({ total, listed }: Some<Item>, told: (item: Item) => Told): Some<Told> => ({
  total,
  listed: listed.map(told),
});

const byMembers = (actor: Actor | null): Actor | null => actor && actorMembers(actor);

const findingMembers = (finding: SummarizedFinding): SummarizedFinding => ({
  key: finding.key,
  checkId: finding.checkId,
  severity: finding.severity,
  state: finding.state,
  subject: finding.subject,
  summary: finding.summary,
  by: byMembers(finding.by),
});

const pathMembers = (path: SummarizedPath): SummarizedPath => ({
  ...findingMembers(path),
  proof: path.proof,
  reaches: path.reaches,
  into: { total: path.into.total, listed: path.into.listed },
  steps: path.steps,
});

const frameworkMembers = ({ framework, controls }: FrameworkSummary): FrameworkSummary => ({
  framework,
  controls: {
    fail: controls.fail,
    unknown: controls.unknown,
    pass: controls.pass,
    manual: controls.manual,
    'not-evaluated': controls['not-evaluated'],
  },
});

const newsMembers = ({ administrators, external, changes }: AccountNews): AccountNews => ({
  administrators: someMembers(administrators, ({ arn, by }) => ({ arn, by: byMembers(by) })),
  external: someMembers(external, (access) => ({
    ...findingMembers(access),
    principal: access.principal,
    kind: access.kind,
  })),
  changes: changes && inOrder(CHANGE_KINDS, changes, (count) => count),
});
