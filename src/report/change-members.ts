import type { AccountChange, AccountComparison, PermissionsOfService } from '../finding/account-change.ts';
import { actorMembers } from './actor-view.ts';
import { boundedJson } from './bounded-json.ts';

/** A change as `findings.json` tells it. */
export const changeMembers = ({ accountId, kind, subject, before, after, permissions, by }: AccountChange) => ({
  accountId,
  kind,
  subject: { arn: subject.arn, type: subject.type, id: subject.id, part: subject.part },
  before: boundedJson(before),
  after: boundedJson(after),
  ...(permissions && {
    permissions: { gained: permissions.gained.map(serviceMembers), lost: permissions.lost.map(serviceMembers) },
  }),
  by: by.map(actorMembers),
});

const serviceMembers = (row: PermissionsOfService): PermissionsOfService => ({
  service: row.service,
  accessLevel: row.accessLevel,
  actions: row.actions,
  change: row.change,
  conditional: row.conditional,
});

/** With what an account was compared, as `findings.json` tells it. */
export const comparisonMembers = ({ accountId, runId, notCompared }: AccountComparison): AccountComparison => ({
  accountId,
  runId,
  notCompared: notCompared.map(({ part, detail }) => ({ part, detail })),
});
