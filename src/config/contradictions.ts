import type { z } from 'zod';
import { filesOfFormat, isOfOrganization, REPORT_FORMATS, type ReportFormat } from '../report/report-format.ts';
import type { configSections } from './config-sections.ts';

/** The sections that speak of each other. */
type Sections = {
  readonly [Name in 'accounts' | 'daemon' | 'owners' | 'alerts' | 'report' | 'queue']: z.infer<
    (typeof configSections)[Name]
  >;
};

/** Options that cannot all be meant, by the place where one of them is to be mended. */
export interface Contradiction {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What sections say against each other. */
export function* contradictions(sections: Sections): Iterable<Contradiction> {
  const { accounts, daemon, owners, alerts, report, queue } = sections;
  if (queue.enabled && accounts.list.length === 0 && accounts.organization === undefined) {
    const message = 'workers share the accounts of `accounts.list` or `accounts.organization`: name some';
    yield { path: ['queue', 'enabled'], message };
  }
  const listed = new Set(
    accounts.list.flatMap(({ name, profile, id, roleArn, group }) => [
      name ?? profile,
      id ?? roleArn?.split(':')[4],
      group,
    ]),
  );
  for (const [index, group] of daemon.groups.entries()) {
    for (const [at, name] of (group.accounts ?? []).entries()) {
      // The accounts of an organization are known to AWS alone.
      if (listed.has(name) || accounts.organization !== undefined) continue;
      const path = ['daemon', 'groups', index, 'accounts', at];
      yield { path, message: `no entry of \`accounts.list\` is called \`${name}\`, nor in a group called so` };
    }
  }
  const byTag = owners.rules.some(({ tag }) => tag !== undefined);
  const known = new Set(owners.rules.map(({ owner }) => owner));
  for (const [index, route] of alerts.routes.entries()) {
    for (const [at, owner] of route.owners.entries()) {
      // Whom the tags name is seen in the account; of no rules at all, whoever opens the routes tells.
      if (byTag || known.has(owner) || owners.rules.length === 0) continue;
      const path = ['alerts', 'routes', index, 'owners', at];
      yield { path, message: `no rule of \`owners.rules\` knows \`${owner}\`: add one, or mend the name` };
    }
  }
  yield* attachedButNotMade({ alerts, report, queue });
}

function* attachedButNotMade({
  alerts: { routes },
  report: { formats },
  queue,
}: Pick<Sections, 'alerts' | 'report' | 'queue'>): Iterable<Contradiction> {
  for (const [index, route] of routes.entries()) {
    for (const [at, name] of (route.channel === 'email' ? route.attach : []).entries()) {
      const format = formatOf(name);
      const path = ['alerts', 'routes', index, 'attach', at];
      if (isOfOrganization(name) && !queue.enabled) {
        yield { path, message: `\`${name}\` is made only where workers share the accounts: turn on \`queue.enabled\`` };
      }
      if (formats.includes(format)) continue;
      yield { path, message: `\`report.formats\` leaves out \`${format}\`: add it there` };
    }
  }
}

/** The format that is called so, or has a file called so. */
const formatOf = (name: string): ReportFormat =>
  REPORT_FORMATS.find((format) => format === name || filesOfFormat(format).includes(name)) ?? 'html';
