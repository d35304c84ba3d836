import { z } from 'zod';
import { ok, type Result } from '../../../kernel/result.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import { pathTo } from '../../organization-policies.ts';
import type { OrganizationState, UnitState } from '../../organization-state.ts';
import { accountId, pageAnswer, paging, parentId, tags, unitId } from './input.ts';
import { constraintViolation, organizationOperation, organizationRead } from './organization-operation.ts';
import { childrenOf, isEmpty, isParent, newId, withoutUnit, withUnit } from './tree.ts';
import { unitView } from './views.ts';

const unitName = z.string().min(1).max(128);

/** Below the root. Source: "Quotas for AWS Organizations". */
const DEEPEST = 5;

const parentNotFound = awsError('ParentNotFoundException', "You specified parent that doesn't exist.");

const findUnit = ({ units }: OrganizationState, id: string): Result<UnitState, AwsError> => {
  const unit = units.get(id);
  return unit === undefined
    ? awsError('OrganizationalUnitNotFoundException', "You specified an organizational unit that doesn't exist.")
    : ok(unit);
};

/** Whether another unit of the parent has a name. */
const isTaken = (organization: OrganizationState, parent: string, name: string): boolean =>
  [...childrenOf(organization, parent, 'ORGANIZATIONAL_UNIT')('')].some(
    ([, id]) => organization.units.get(id)?.name === name,
  );

const duplicate = awsError('DuplicateOrganizationalUnitException', 'An OU with the same name already exists.');

/** `organizations:CreateOrganizationalUnit`. */
const createUnit = organizationOperation(
  'CreateOrganizationalUnit',
  'managementAccount',
  z.object({ ParentId: parentId, Name: unitName, Tags: tags.default([]) }),
  (organization, { ParentId, Name, Tags }, call) => {
    if (!isParent(organization, ParentId)) return parentNotFound;
    if (isTaken(organization, ParentId, Name)) return duplicate;
    if (pathTo(organization, ParentId).length > DEEPEST) {
      return constraintViolation('OU_DEPTH_LIMIT_EXCEEDED', 'You have exceeded the allowed nesting depth of OUs.');
    }
    const id = newId(`ou-${organization.rootId.slice(2)}-`, 8, call.random);
    const unit = { id, name: Name, parentId: ParentId };
    const grown = withUnit(organization, unit);
    const tagged = { ...grown, tags: grown.tags.set(id, new Map(Tags.map(({ Key, Value }) => [Key, Value]))) };
    return ok({
      organization: Tags.length > 0 ? tagged : grown,
      answer: { OrganizationalUnit: unitView(organization, unit) },
    });
  },
);

/** `organizations:DescribeOrganizationalUnit`. */
const describeUnit = organizationRead(
  'DescribeOrganizationalUnit',
  'administrators',
  z.object({ OrganizationalUnitId: unitId }),
  (organization, input) => {
    const unit = findUnit(organization, input.OrganizationalUnitId);
    return unit.ok ? ok({ OrganizationalUnit: unitView(organization, unit.value) }) : unit;
  },
);

/** `organizations:UpdateOrganizationalUnit`. */
const updateUnit = organizationOperation(
  'UpdateOrganizationalUnit',
  'managementAccount',
  z.object({ OrganizationalUnitId: unitId, Name: unitName.optional() }),
  (organization, { OrganizationalUnitId, Name }) => {
    const unit = findUnit(organization, OrganizationalUnitId);
    if (!unit.ok) return unit;
    const renamed = { ...unit.value, name: Name ?? unit.value.name };
    if (renamed.name !== unit.value.name && isTaken(organization, renamed.parentId, renamed.name)) return duplicate;
    return ok({
      organization: withUnit(organization, renamed),
      answer: { OrganizationalUnit: unitView(organization, renamed) },
    });
  },
);

/** `organizations:DeleteOrganizationalUnit`: an empty one. */
const deleteUnit = organizationOperation(
  'DeleteOrganizationalUnit',
  'managementAccount',
  z.object({ OrganizationalUnitId: unitId }),
  (organization, { OrganizationalUnitId }) => {
    const unit = findUnit(organization, OrganizationalUnitId);
    if (!unit.ok) return unit;
    return isEmpty(organization, OrganizationalUnitId)
      ? ok({ organization: withoutUnit(organization, unit.value), answer: {} })
      : awsError(
          'OrganizationalUnitNotEmptyException',
          'The specified OU is not empty. Move all accounts to another root or to other OUs, remove all child OUs, and try the operation again.',
        );
  },
);

/** `organizations:ListOrganizationalUnitsForParent`. */
const listUnits = organizationRead(
  'ListOrganizationalUnitsForParent',
  'administrators',
  z.object({ ParentId: parentId, ...paging }),
  (organization, input) => {
    if (!isParent(organization, input.ParentId)) return parentNotFound;
    const children = childrenOf(organization, input.ParentId, 'ORGANIZATIONAL_UNIT');
    return pageAnswer('OrganizationalUnits', input, children, (id) => {
      const unit = organization.units.get(id);
      return unit && unitView(organization, unit);
    });
  },
);

/** `organizations:ListChildren`: their ids. */
const listChildren = organizationRead(
  'ListChildren',
  'administrators',
  z.object({ ParentId: parentId, ChildType: z.enum(['ACCOUNT', 'ORGANIZATIONAL_UNIT']), ...paging }),
  (organization, input) => {
    if (!isParent(organization, input.ParentId)) return parentNotFound;
    const children = childrenOf(organization, input.ParentId, input.ChildType);
    return pageAnswer('Children', input, children, (id) => ({ Id: id, Type: input.ChildType }));
  },
);

/** `organizations:ListParents`: the one that an account or a unit has. */
const listParents = organizationRead(
  'ListParents',
  'administrators',
  z.object({ ChildId: z.union([accountId, unitId]), ...paging }),
  (organization, input) => {
    const child = organization.accounts.get(input.ChildId) ?? organization.units.get(input.ChildId);
    if (child === undefined) return awsError('ChildNotFoundException', "You specified a child that doesn't exist.");
    const type = child.parentId === organization.rootId ? 'ROOT' : 'ORGANIZATIONAL_UNIT';
    return ok({ Parents: [{ Id: child.parentId, Type: type }] });
  },
);

/** The operations on organizational units. */
export const unitOperations = [createUnit, describeUnit, updateUnit, deleteUnit, listUnits, listChildren, listParents];
