import { describe, expect, it } from 'vitest';
import { arnOf, iamApi } from './iam-api.ts';
import { ANY_POLICY } from './running-account.ts';

const account = `
roles: [{ roleName: Web, assumeRolePolicyDocument: ${ANY_POLICY} }, { roleName: db, assumeRolePolicyDocument: ${ANY_POLICY} }]
`;
const InstanceProfileName = 'ip';

describe('an instance profile', () => {
  it('is made empty, with its tags', async () => {
    const { iam } = await iamApi(account);
    const made = await iam.createInstanceProfile({
      InstanceProfileName,
      Path: '/a/',
      Tags: [{ Key: 'k', Value: 'v' }],
    });
    expect(made.InstanceProfile).toEqual({
      Path: '/a/',
      InstanceProfileName,
      InstanceProfileId: expect.stringMatching(/^AIPA[A-Z2-7]{17}$/) as unknown,
      Arn: arnOf('instance-profile/a/ip'),
      CreateDate: new Date('2026-01-31T12:00:00Z'),
      Roles: [],
      Tags: [{ Key: 'k', Value: 'v' }],
    });
    expect((await iam.getInstanceProfile({ InstanceProfileName: 'IP' })).InstanceProfile).toEqual(made.InstanceProfile);
    await expect(iam.createInstanceProfile({ InstanceProfileName: 'IP' })).rejects.toMatchObject({
      name: 'EntityAlreadyExistsException',
      message: 'Instance Profile IP already exists.',
    });
  });

  it('holds one role', async () => {
    const { iam } = await iamApi(account);
    await iam.createInstanceProfile({ InstanceProfileName });
    const add = (RoleName: string) => iam.addRoleToInstanceProfile({ InstanceProfileName, RoleName });
    await expect(add('none')).rejects.toMatchObject({ name: 'NoSuchEntityException' });
    await add('web');
    await expect(add('db')).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1',
    });
    const { InstanceProfile } = await iam.getInstanceProfile({ InstanceProfileName });
    expect(InstanceProfile?.Roles?.map(({ RoleName }) => RoleName)).toEqual(['Web']);
    const { InstanceProfiles } = await iam.listInstanceProfilesForRole({ RoleName: 'Web' });
    expect(InstanceProfiles?.map((profile) => profile.InstanceProfileName)).toEqual(['ip']);
  });

  it('is deleted when no role is in it', async () => {
    const { iam } = await iamApi(`${account}instanceProfiles: [{ instanceProfileName: ip, roles: [Web] }]`);
    await expect(iam.deleteInstanceProfile({ InstanceProfileName })).rejects.toMatchObject({
      name: 'DeleteConflictException',
      message: 'Cannot delete entity, must remove roles from instance profile first.',
    });
    const remove = (RoleName: string) => iam.removeRoleFromInstanceProfile({ InstanceProfileName, RoleName });
    await expect(remove('db')).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: 'Role db in Instance Profile ip cannot be found.',
    });
    await remove('web');
    expect((await iam.listInstanceProfilesForRole({ RoleName: 'Web' })).InstanceProfiles).toEqual([]);
    await iam.deleteInstanceProfile({ InstanceProfileName });
    const gone = { name: 'NoSuchEntityException', message: 'Instance Profile ip cannot be found.' };
    await expect(iam.deleteInstanceProfile({ InstanceProfileName })).rejects.toMatchObject(gone);
    await expect(iam.getInstanceProfile({ InstanceProfileName })).rejects.toMatchObject(gone);
    await expect(remove('web')).rejects.toMatchObject(gone);
  });

  it('is tagged', async () => {
    const { iam } = await iamApi('instanceProfiles: [{ instanceProfileName: ip, tags: { old: "1" } }]');
    await iam.tagInstanceProfile({ InstanceProfileName, Tags: [{ Key: 'new', Value: '2' }] });
    await iam.untagInstanceProfile({ InstanceProfileName, TagKeys: ['old'] });
    expect((await iam.listInstanceProfileTags({ InstanceProfileName })).Tags).toEqual([{ Key: 'new', Value: '2' }]);
  });

  it('is one of so many as the account may have', async () => {
    const { iam } = await iamApi('quotas: { InstanceProfilesPerAccount: 0 }');
    await expect(iam.createInstanceProfile({ InstanceProfileName })).rejects.toMatchObject({
      message: 'Cannot exceed quota for InstanceProfilesPerAccount: 0',
    });
  });
});
