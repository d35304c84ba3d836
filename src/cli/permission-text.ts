import type { EffectivePermission, EffectivePermissions } from '../access/what-can.ts';
import type { Doubt } from '../evaluate/decision.ts';
import { residualText } from '../evaluate/describe-residual.ts';
import type { Formula } from '../evaluate/formula.ts';
import { limitText, placeText } from './explanation-text.ts';
import { isAboutAllServices, type PermittedService, serviceOf } from './permission-services.ts';

type Terms = EffectivePermission['terms'];
type Clause = Terms['within'][number]['clauses'][number];

/** What a permission says, in lines: where, on which condition, by which statement, and which actions of which services. */
export const permissionLines = ({
  permission,
  services,
}: {
  readonly permission: EffectivePermission;
  readonly services: readonly PermittedService[];
}): readonly string[] => [
  ...termsLines(permission.terms),
  ...carrierLines(permission),
  ...(isAboutAllServices(permission)
    ? allServicesLines(permission, services)
    : services.map((each) => serviceLine(permission, each))),
];

/** What could not be read, and makes the permissions incomplete. */
export const doubtText = ({ policy, pointer, message }: Doubt): string =>
  `  incomplete: ${message} (${policy}${pointer === '' ? '' : ` at ${pointer}`})`;

/** The resources whose policies count, where the terms do not name them all. */
const carrierLines = ({ carriers, terms }: EffectivePermission): readonly string[] => {
  if (carriers.length === 0) return [];
  const named = new Set(terms.area.patterns.map(({ text }) => text));
  if (carriers.every((carrier) => named.has(carrier)))
    return [`    with ${carriers.length === 1 ? 'its own policy' : 'their own policies'}`];
  return [`    with the policy of ${carriers.join(', ')}`];
};

/** What the policy of a resource takes away, in a line. */
export const refusalText = ({ actions, notActions, carrier }: EffectivePermissions['refusals'][number]): string => {
  const spared = notActions.length === 0 ? '' : ` but ${notActions.join(', ')}`;
  return `  not on ${carrier}, whose policy denies ${actions.join(', ')}${spared}`;
};

/** Where something is granted, on which condition and by which statement, in lines. */
export const termsLines = ({ area, condition, within, except, grantedBy }: Terms): readonly string[] => [
  `  on ${areaText(area)}${conditionText(condition)}`,
  ...within.map(
    ({ limit, level, clauses }) => `    within ${limitText(limit, level)}: ${clauses.map(clauseText).join('; ')}`,
  ),
  ...except.map(
    (deny) =>
      `    but not on ${clauseText(deny)}${deny.statement === null ? '' : `, denied by ${placeText(deny.statement)}`}`,
  ),
  `    by ${grantedBy === null ? 'itself: the root user needs no policy' : placeText(grantedBy)}`,
];

/** Where something is granted, in one line, without the statements. */
export const termsText = ({ area, condition, within, except }: Terms): string =>
  [
    `on ${areaText(area)}`,
    ...within.map(
      ({ limit, level, clauses }) => ` within ${limitText(limit, level)} (${clauses.map(clauseText).join('; ')})`,
    ),
    ...except.map((deny) => ` but not on ${clauseText(deny)}`),
    conditionText(condition),
  ].join('');

const clauseText = ({ area, condition }: Clause): string => `${areaText(area)}${conditionText(condition)}`;

const areaText = ({ kind, patterns }: Terms['area']): string => {
  if (patterns.some((pattern) => pattern.kind === 'everything'))
    return kind === 'resource' ? 'every resource' : 'no resource';
  const listed = patterns.map(({ text }) => text).join(', ');
  return kind === 'resource' ? listed : `every resource but ${listed}`;
};

const conditionText = (condition: Formula): string =>
  condition.kind === 'true' ? '' : ` if ${residualText(condition)}`;

const allServicesLines = (
  { notActions }: EffectivePermission,
  services: readonly PermittedService[],
): readonly string[] => {
  const used = services.flatMap(({ service, lastUsed }) => (lastUsed ? [`${service} ${dayOf(lastUsed)}`] : []));
  return [
    `      every action${notActions.length === 0 ? '' : ` but ${notActions.join(', ')}`}`,
    ...(services.length === 0
      ? []
      : [`      ${used.length === 0 ? `no service used ${TRACKED}` : `last used: ${used.join(', ')}`}`]),
  ];
};

const TRACKED = 'in the 400 days that AWS keeps track of';

const serviceLine = (
  { actions, notActions }: EffectivePermission,
  { service, levels, lastUsed }: PermittedService,
): string => {
  const own = (patterns: readonly string[]): string =>
    patterns.filter((pattern) => serviceOf(pattern) === service).join(', ');
  const spared = own(notActions);
  const counts = Object.entries(levels).map(([level, count]) => `${count} ${level}`);
  const known =
    lastUsed === undefined ? [] : [lastUsed === null ? `not used ${TRACKED}` : `last used ${dayOf(lastUsed)}`];
  const beside = [...counts, ...known].join(', ');
  return `      ${own(actions)}${spared === '' ? '' : ` but ${spared}`}${beside === '' ? '' : `  (${beside})`}`;
};

const dayOf = (instant: string): string => instant.slice(0, 10);
