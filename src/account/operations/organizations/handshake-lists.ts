import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import type { HandshakeState } from '../../handshake-state.ts';
import { cloudReadOperation } from '../../operation.ts';
import type { OrganizationState } from '../../organization-state.ts';
import { handshakeView } from './handshake-views.ts';
import { findHandshake, isAsked, ofHandshake } from './handshakes.ts';
import { pageAnswer, paging } from './input.ts';
import { organizationRead, refuseInput } from './organization-operation.ts';

/** `organizations:DescribeHandshake`. */
const describeHandshake = cloudReadOperation(
  'organizations:DescribeHandshake',
  ofHandshake,
  (cloud, { HandshakeId }, call) => {
    const found = findHandshake(cloud, HandshakeId, call);
    if (!found.ok) return found;
    const { organization, handshake } = found.value;
    return ok({ Handshake: handshakeView(organization, handshake, call.now) });
  },
  refuseInput,
);

const listInput = z.object({
  Filter: z
    .object({
      ActionType: z
        .enum([
          'INVITE',
          'ENABLE_ALL_FEATURES',
          'APPROVE_ALL_FEATURES',
          'ADD_ORGANIZATIONS_SERVICE_LINKED_ROLE',
          'TRANSFER_RESPONSIBILITY',
        ])
        .optional(),
      ParentHandshakeId: z.string().optional(),
    })
    .default({}),
  ...paging,
});

const isWanted = ({ action, parentId }: HandshakeState, { Filter: filter }: z.output<typeof listInput>): boolean =>
  (filter.ActionType === undefined || filter.ActionType === action) &&
  (filter.ParentHandshakeId === undefined || filter.ParentHandshakeId === parentId);

function* handshakesFrom(organization: OrganizationState, from: string, isListed: (each: HandshakeState) => boolean) {
  for (const [id, handshake] of organization.handshakes.entriesFrom(from)) {
    if (isListed(handshake)) yield [id, { organization, handshake }] as const;
  }
}

/** `organizations:ListHandshakesForAccount`: those that ask the caller's account. */
const listForAccount = cloudReadOperation(
  'organizations:ListHandshakesForAccount',
  listInput,
  (cloud, input, call) => {
    const found = [...cloud.organizations.values()]
      .filter(({ partition }) => partition === call.account.partition)
      .flatMap((organization) => [
        ...handshakesFrom(organization, '', (each) => isAsked(cloud, call.account, each) && isWanted(each, input)),
      ])
      .toSorted(([one], [other]) => (one < other ? -1 : 1));
    return pageAnswer(
      'Handshakes',
      input,
      (from) => found.filter(([id]) => id >= from),
      ({ organization, handshake }) => handshakeView(organization, handshake, call.now),
    );
  },
  refuseInput,
);

/** `organizations:ListHandshakesForOrganization`. */
const listForOrganization = organizationRead(
  'ListHandshakesForOrganization',
  'administrators',
  listInput,
  (organization, input, call) =>
    pageAnswer(
      'Handshakes',
      input,
      (from) => handshakesFrom(organization, from, (each) => isWanted(each, input)),
      ({ handshake }) => handshakeView(organization, handshake, call.now),
    ),
);

/** The operations that tell of handshakes. */
export const handshakeReads = [describeHandshake, listForAccount, listForOrganization];
