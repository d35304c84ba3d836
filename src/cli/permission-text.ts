import { isAboutAllServices, type PermittedService, serviceOf } from '../access/permission-services.ts';
import type { EffectivePermission, EffectivePermissions } from '../access/what-can.ts';
import type { Doubt } from '../evaluate/decision.ts';
import { residualText } from '../evaluate/describe-residual.ts';
import type { Formula } from '../evaluate/formula.ts';
import { isNeverTold, TRACKED_DAYS } from '../snapshot/last-accessed.ts';
import { limitText, placeText } from './explanation-text.ts';

type Terms = EffectivePermission['terms'];
type Clause = Terms['within'][number]['clauses'][number];

/**
 * What a permission says, in lines: where, on which condition, by which statement, and which actions of which services.
 * `trackedDays`: for how long it is known what the principal used.
 */
export const permissionLines = (
  {
    permission,
    services,
  }: { readonly permission: EffectivePermission; readonly services: readonly PermittedService[] },
  trackedDays: number,
): readonly string[] => {
  const tracked = trackedText(trackedDays);
  return [
    ...termsLines(permission.terms),
    ...carrierLines(permission),
    ...(isAboutAllServices(permission)
      ? allServicesLines(permission, services, tracked)
      : services.map((each) => serviceLine(permission, each, tracked))),
  ];
};

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
  tracked: string,
): readonly string[] => {
  const used = services.flatMap(({ service, lastUsed }) => (lastUsed ? [`${service} ${dayOf(lastUsed)}`] : []));
  return [
    `      every action${notActions.length === 0 ? '' : ` but ${notActions.join(', ')}`}`,
    ...(services.length === 0
      ? []
      : [`      ${used.length === 0 ? `no service used ${tracked}` : `last used: ${used.join(', ')}`}`]),
  ];
};

const trackedText = (days: number): string =>
  days < TRACKED_DAYS ? `in the ${days} days since it was made` : `in the ${TRACKED_DAYS} days that AWS keeps track of`;

const serviceLine = (
  { actions, notActions, known: granted }: EffectivePermission,
  { service, levels, lastUsed }: PermittedService,
  tracked: string,
): string => {
  const own = (patterns: readonly string[]): string =>
    patterns.filter((pattern) => serviceOf(pattern) === service).join(', ');
  const spared = own(notActions);
  const counts = Object.entries(levels).map(([level, count]) => `${count} ${level}`);
  const untold = granted.filter((name) => serviceOf(name) === service && isNeverTold(name));
  const except = untold.length === 0 ? '' : ` but for ${untold.join(', ')}, of which AWS does not tell`;
  const known =
    lastUsed === undefined ? [] : [lastUsed === null ? `not used ${tracked}${except}` : `last used ${dayOf(lastUsed)}`];
  const beside = [...counts, ...known].join(', ');
  return `      ${own(actions)}${spared === '' ? '' : ` but ${spared}`}${beside === '' ? '' : `  (${beside})`}`;
};

const dayOf = (instant: string): string => instant.slice(0, 10);
