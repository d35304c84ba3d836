import type { GrantingStatement } from '../finding/check-result.ts';
import type { PrincipalAccess, ServiceAccess } from '../finding/principal-access.ts';
import { type GrantView, grantView } from './escalation-view.ts';
import { nameOfArn } from './name-of-arn.ts';
import { visibleText } from './visible-text.ts';
import { counted, dayInWords, listedInWords, numberInWords } from './words.ts';

/** What a principal may do, as the page shows it. */
export interface PrincipalAccessView {
  readonly rows: readonly ServiceAccessView[];
  /** How many services are not shown; null: all are. */
  readonly others: string | null;
  /** Some of its policies could not be read. */
  readonly incomplete: boolean;
}

interface ServiceAccessView {
  readonly service: string;
  /** How many actions at which access levels. */
  readonly levels: string;
  readonly terms: string;
  readonly lastUsed: string;
  /** `statements 2, 5 and 7` of a policy, counted from one; a managed policy by its name. */
  readonly grantedBy: readonly GrantView[];
  readonly otherGrants: string | null;
}

const SERVICES_SHOWN = 40;
const GRANTS_SHOWN = 8;

/** What a principal may do, service by service, as the page shows it. */
export const principalAccessView = ({ services, complete }: PrincipalAccess): PrincipalAccessView => ({
  rows: services.slice(0, SERVICES_SHOWN).map(serviceView),
  others: services.length > SERVICES_SHOWN ? counted(services.length - SERVICES_SHOWN, 'more service') : null,
  incomplete: !complete,
});

const serviceView = (access: ServiceAccess): ServiceAccessView => ({
  service: access.service === '*' ? 'Every service' : visibleText(access.service),
  levels: levelsInWords(access),
  terms: termsInWords(access),
  lastUsed: lastUseInWords(access),
  grantedBy: grantsByPolicy(access.grantedBy.slice(0, GRANTS_SHOWN)),
  otherGrants:
    access.grantedBy.length > GRANTS_SHOWN ? counted(access.grantedBy.length - GRANTS_SHOWN, 'more statement') : null,
});

const grantsByPolicy = (grants: readonly GrantingStatement[]): readonly GrantView[] => {
  const statements = new Map<string, number[]>();
  for (const { policy, statement } of grants) {
    const known = statements.get(policy);
    if (known === undefined) statements.set(policy, [statement + 1]);
    else known.push(statement + 1);
  }
  return [...statements].map(([policy, numbers]) => {
    const grant = grantView({ policy, statement: 0 });
    const ordered = [...new Set(numbers)].sort((one, other) => one - other).map(String);
    return {
      ...grant,
      policy: grant.holder === null ? nameOfArn(policy) : grant.policy,
      statement: `${ordered.length === 1 ? 'statement' : 'statements'} ${listedInWords(ordered, ordered.length)}`,
    };
  });
};

const LEVELS = ['List', 'Read', 'Write', 'Permissions management', 'Tagging'];

const levelsInWords = ({ service, except, levels }: ServiceAccess): string => {
  if (service === '*') {
    const left = listedInWords(except.map(visibleText), 6);
    return except.length === 0 ? 'Every action' : `Every action but ${left}`;
  }
  const told = LEVELS.flatMap((level) => (levels[level] ? [`${numberInWords(levels[level])} ${level}`] : []));
  return told.length === 0 ? 'Actions that AWS does not list' : told.join(', ');
};

const termsInWords = ({ granted, everywhere }: ServiceAccess): string =>
  [granted === 'conditional' ? 'Under conditions' : '', everywhere ? 'on every resource' : 'on some resources']
    .filter((text) => text !== '')
    .join(', ')
    .replace(/^o/, 'O');

const lastUseInWords = ({ lastUsed }: ServiceAccess): string =>
  lastUsed === undefined ? 'Not known' : lastUsed === null ? 'Never' : dayInWords(lastUsed);
