import { describe, expect, it } from 'vitest';
import { parseInstant } from '../kernel/time.ts';
import { parseAuthorizationDetails } from './authorization-details.ts';
import { policyDetail, roleDetail, userDetail } from './testing/documents-builder.ts';
import { allow } from './testing/policy-builder.ts';

const page = { UserDetailList: [userDetail('alice')], GroupDetailList: [], RoleDetailList: [], Policies: [] };
const nextPage = { UserDetailList: [], RoleDetailList: [roleDetail('deploy')], IsTruncated: false };

const read = (value: unknown) => {
  const parsed = parseAuthorizationDetails(typeof value === 'string' ? value : JSON.stringify(value));
  if (!parsed.ok) throw new Error(parsed.error.map(({ message }) => message).join('\n'));
  return parsed.value;
};

const problem = (value: unknown) => {
  const parsed = parseAuthorizationDetails(typeof value === 'string' ? value : JSON.stringify(value), 'gaad.json');
  return parsed.ok ? 'no problem' : parsed.error.map(({ message }) => message.split('; save')[0]).join('\n');
};

describe('parseAuthorizationDetails', () => {
  it('reads one object, a list of pages, and page after page alike', () => {
    const merged = { ...page, RoleDetailList: [roleDetail('deploy')] };
    expect(read(merged).document).toEqual(merged);
    expect(read([page, nextPage]).document).toEqual(merged);
    expect(read(`${JSON.stringify(page)}\n${JSON.stringify(nextPage)}`).document).toEqual(merged);
  });

  it('keeps policy documents as they are: objects, or URL-encoded text', () => {
    const encoded = encodeURIComponent(JSON.stringify(allow('s3:*')));
    const policy = policyDetail('p', {
      PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document: encoded }],
    });
    expect(read({ ...page, Policies: [policy] }).document.Policies?.[0]?.PolicyVersionList[0]?.Document).toBe(encoded);
  });

  it('ignores members that AWS adds, and takes null for absent', () => {
    const text = JSON.stringify({ ...page, UserDetailList: [{ ...userDetail('alice'), Tags: null, Shoe: 42 }], X: 1 });
    expect(read(text).document).toEqual(page);
  });

  it('leaves a list absent that no page has', () => {
    expect(Object.keys(read({ UserDetailList: [] }).document)).toEqual(['UserDetailList']);
  });

  it('says when the last page is not the last', () => {
    expect(read([{ ...page, IsTruncated: true, Marker: 'x' }, nextPage]).truncated).toBe(false);
    expect(read({ ...page, IsTruncated: true, Marker: 'x' }).truncated).toBe(true);
  });

  it('says when `--max-items` made the AWS CLI stop, which then prints a token and no `IsTruncated`', () => {
    expect(read({ ...page, NextToken: 'eyJNYXJrZXIi' }).truncated).toBe(true);
    expect(read({ ...page, NextToken: null }).truncated).toBe(false);
  });

  it.each([
    '2023-03-09 10:41:45+00:00',
    '2023-03-09T10:41:45.000Z',
    '2023-03-09T12:41:45+0200',
    1678358505,
    1678358505.123,
    1678358505000,
  ])('takes %j for a time', (CreateDate) => {
    const [user] = read({ UserDetailList: [{ ...userDetail('alice'), CreateDate }] }).document.UserDetailList ?? [];
    const created = parseInstant(user?.CreateDate ?? '');
    expect(created.ok && created.value).toBe('2023-03-09T10:41:45Z');
  });

  it('takes a list that is null for absent', () => {
    expect(read({ ...page, Policies: null }).document).toEqual({
      UserDetailList: page.UserDetailList,
      GroupDetailList: [],
      RoleDetailList: [],
    });
  });

  it('names every broken member by its pointer', () => {
    const { RoleName: _, ...nameless } = roleDetail('deploy');
    const broken = {
      UserDetailList: [userDetail('alice', { CreateDate: 'soon' }), userDetail('bob', { Arn: 'bob' })],
      RoleDetailList: [{ ...nameless, AssumeRolePolicyDocument: undefined }],
    };
    expect(problem([page, broken])).toBe(
      [
        'gaad.json at /1/UserDetailList/0/CreateDate: `soon` is not an ISO-8601 time',
        'gaad.json at /1/UserDetailList/1/Arn: `bob` is not an ARN',
        'gaad.json at /1/RoleDetailList/0/RoleName: is missing',
        'gaad.json at /1/RoleDetailList/0/AssumeRolePolicyDocument: is missing',
      ].join('\n'),
    );
  });

  it.each([
    ['', 'gaad.json: is empty'],
    ['{"UserDetailList": [', 'gaad.json at line 1, column 21: is not JSON: it ends too early'],
    ['null', 'gaad.json: is no page of authorization details: it holds none of their lists'],
    ['[]', 'gaad.json: holds no page of authorization details'],
    [allow('*'), 'gaad.json: is no page of authorization details: it looks like a single policy document'],
    [{ Users: [] }, 'gaad.json: is no page of authorization details: it looks like the answer of `aws iam list-users`'],
    ['<root_account>,x', 'gaad.json at line 1, column 1: is not JSON: expected a value, found "<"'],
    [
      'user,arn,user_creation_time\n',
      'gaad.json: is a credential report, not authorization details: give it with --credential-report',
    ],
    ['UserDetailList:\n- Arn: x\n', 'gaad.json: is YAML, not JSON'],
    ['- UserDetailList:\n  - Arn: x\n', 'gaad.json: is YAML, not JSON'],
    ["{'UserDetailList': []}", 'gaad.json: is what Python prints of an object, not JSON: write it with `json.dumps`'],
    [
      { userDetailList: [] },
      'gaad.json: is no page of authorization details: it spells `userDetailList` otherwise than AWS, which writes names like `UserDetailList`',
    ],
    [
      { Accounts: [{ Id: '1', details: page }] },
      'gaad.json: is no page of authorization details, but wraps one at /Accounts/0/details: give what stands there in a file of its own',
    ],
    ['<!DOCTYPE html><html>', 'gaad.json: is a web page, not JSON'],
    ['\nAn error occurred (AccessDenied) when calling', 'gaad.json: holds an error message of the AWS CLI'],
  ])('says in one line what is wrong with %j', (value, message) => {
    expect(problem(value)).toBe(message);
  });
});
