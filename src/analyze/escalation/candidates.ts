import type { Role, User } from '../../snapshot/account-snapshot.ts';
import { askedPatterns } from './asked-resources.ts';
import type { Ask, Way } from './escalation-method.ts';
import type { SearchContext } from './search-context.ts';

/** Tells who may be allowed all requests of a way, as far as who is granted their actions on such resources says. */
export type WayCandidates = (way: Way) => ReadonlySet<User | Role>;

/** Makes the finder of candidates. AWS alone uses service-linked roles: they are none. */
export const createWayCandidates = (context: SearchContext): WayCandidates => {
  const { access, account, asked } = context;
  const everybody = new Set(
    [...account.users, ...account.roles].filter(
      ({ arn, path }) => !path.startsWith('/aws-service-role/') && asked?.has(arn) !== false,
    ),
  );
  // Those whose resources have a policy that may grant something.
  const services = new Set(
    (account.resources.known ? account.resources.value : []).flatMap(({ service, policy }) =>
      policy === null ? [] : [service],
    ),
  );
  const found = new Map<Way, ReadonlySet<User | Role>>();
  const granted = new Map<string, ReadonlySet<unknown>>();
  const grantedAction = (ask: Ask): ReadonlySet<unknown> => {
    const patterns = askedPatterns(ask, context);
    const key = [ask.action, ...patterns].join(' ');
    const known = granted.get(key) ?? new Set<unknown>(patterns.flatMap((each) => access.candidates(ask.action, each)));
    granted.set(key, known);
    return known;
  };
  const find = (way: Way): ReadonlySet<User | Role> => {
    const sets = way.requires
      .map((requirement) => ('anyOf' in requirement ? requirement.anyOf : [requirement]))
      // Some are needed now and then only. A trust policy, or that of another resource, may grant what nothing else does.
      .filter((asks) => !asks.some((ask) => ask.onlyIf !== undefined || isGrantedElsewhere(ask, services)))
      .map((asks) => asks.map(grantedAction));
    return new Set(
      [...everybody].filter((principal) => sets.every((anyOf) => anyOf.some((set) => set.has(principal)))),
    );
  };
  return (way) => {
    const known = found.get(way) ?? find(way);
    found.set(way, known);
    return known;
  };
};

const isGrantedElsewhere = ({ action, on }: Ask, services: ReadonlySet<string>): boolean =>
  (action === 'sts:AssumeRole' && on !== 'member-account') ||
  ((on === 'existing' || on === 'running' || on === 'holding' || on === 'feeding') &&
    services.has(action.slice(0, action.indexOf(':'))));
