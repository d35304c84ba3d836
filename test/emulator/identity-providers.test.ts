import {
  AddClientIDToOpenIDConnectProviderCommand,
  CreateOpenIDConnectProviderCommand,
  CreateSAMLProviderCommand,
  DeleteOpenIDConnectProviderCommand,
  DeleteSAMLProviderCommand,
  GetOpenIDConnectProviderCommand,
  GetSAMLProviderCommand,
  ListOpenIDConnectProvidersCommand,
  ListOpenIDConnectProviderTagsCommand,
  ListSAMLProvidersCommand,
  RemoveClientIDFromOpenIDConnectProviderCommand,
  TagOpenIDConnectProviderCommand,
  UntagOpenIDConnectProviderCommand,
  UpdateOpenIDConnectProviderThumbprintCommand,
  UpdateSAMLProviderCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { CERTIFICATE_KEY, SHORT_CERTIFICATE_KEY, samlMetadata } from './example-certificates.ts';
import { runningAccount } from './running-account.ts';

const THUMBPRINT = '6938fd4d98bab03faadb97b34396831e3780aea1';
const Url = 'https://token.actions.githubusercontent.com';
const OpenIDConnectProviderArn = 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com';

describe('OIDC providers', () => {
  it('are made, told and deleted, once', async () => {
    const { iam } = await runningAccount('{}');
    const Tags = [{ Key: 'env', Value: 'test' }];
    const ClientIDList = ['sts.amazonaws.com'];
    const ThumbprintList = [THUMBPRINT.toUpperCase()];
    const created = await iam.send(new CreateOpenIDConnectProviderCommand({ Url, ClientIDList, ThumbprintList, Tags }));
    expect(created).toMatchObject({ OpenIDConnectProviderArn, Tags });
    expect(await iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }))).toMatchObject({
      Url: 'token.actions.githubusercontent.com',
      ClientIDList,
      ThumbprintList: [THUMBPRINT],
      CreateDate: new Date('2026-01-31T12:00:00Z'),
      Tags,
    });
    const remove = new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn });
    await iam.send(remove);
    await expect(iam.send(remove)).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: `OpenId connect Provider ${OpenIDConnectProviderArn} cannot be found.`,
    });
    const { OpenIDConnectProviderList } = await iam.send(new ListOpenIDConnectProvidersCommand({}));
    expect(OpenIDConnectProviderList).toEqual([]);
    await expect(iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: `OpenIDConnect Provider not found for arn ${OpenIDConnectProviderArn}`,
    });
  });

  it('have a thumbprint where none is given', async () => {
    const { iam } = await runningAccount('{}');
    await iam.send(new CreateOpenIDConnectProviderCommand({ Url }));
    const { ThumbprintList } = await iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }));
    expect(ThumbprintList).toEqual([expect.stringMatching(/^[0-9a-f]{40}$/)]);
  });

  it('are one a url', async () => {
    const { iam } = await runningAccount('{}');
    await iam.send(new CreateOpenIDConnectProviderCommand({ Url }));
    await expect(iam.send(new CreateOpenIDConnectProviderCommand({ Url }))).rejects.toMatchObject({
      name: 'EntityAlreadyExistsException',
      message: `Provider with url ${Url} already exists.`,
    });
    await iam.send(new CreateOpenIDConnectProviderCommand({ Url: `${Url}/path` }));
  });

  it.each([
    ['example.com', 'ValidationError', 'Invalid Open ID Connect Provider URL'],
    ['https://', 'ValidationError', 'Invalid Open ID Connect Provider URL'],
    [
      'http://example.com',
      'InvalidInputException',
      'Invalid Open ID Connect Provider URL. The URL must begin with https://.',
    ],
    ['https://example.com:8443', 'InvalidInputException', 'Invalid Open ID Connect Provider URL.'],
    ['https://example.com?a=b', 'InvalidInputException', 'Invalid Open ID Connect Provider URL.'],
    ['https://user@example.com', 'InvalidInputException', 'Invalid Open ID Connect Provider URL.'],
  ])('have a url of host and path: not %s', async (url, name, message) => {
    const { iam } = await runningAccount('{}');
    await expect(iam.send(new CreateOpenIDConnectProviderCommand({ Url: url }))).rejects.toMatchObject({
      name,
      message,
    });
  });

  it('have client ids that come and go, a hundred at most', async () => {
    const { iam } = await runningAccount('{}');
    const ClientIDList = Array.from({ length: 100 }, (_, at) => `client-${at}`);
    await iam.send(new CreateOpenIDConnectProviderCommand({ Url, ClientIDList }));
    const add = (ClientID: string) =>
      iam.send(new AddClientIDToOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, ClientID }));
    await expect(add('one-more')).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100',
    });
    await add('client-7');
    for (const ClientID of ['client-0', 'client-0']) {
      await iam.send(new RemoveClientIDFromOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, ClientID }));
    }
    await add('one-more');
    const provider = await iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }));
    expect(provider.ClientIDList).toEqual([...ClientIDList.slice(1), 'one-more']);
  });

  it('have five thumbprints of forty characters at most, replaced all at once', async () => {
    const { iam } = await runningAccount('{}');
    await iam.send(new CreateOpenIDConnectProviderCommand({ Url }));
    const update = (ThumbprintList: string[]) =>
      iam.send(new UpdateOpenIDConnectProviderThumbprintCommand({ OpenIDConnectProviderArn, ThumbprintList }));
    await expect(update(Array.from({ length: 6 }, () => THUMBPRINT))).rejects.toMatchObject({
      name: 'InvalidInputException',
      message: 'Thumbprint list must contain fewer than 5 entries.',
    });
    await expect(update(['abc'])).rejects.toMatchObject({ name: 'ValidationError' });
    await update([THUMBPRINT]);
    const provider = await iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }));
    expect(provider.ThumbprintList).toEqual([THUMBPRINT]);
  });

  it('have tags', async () => {
    const { iam } = await runningAccount('{}');
    await iam.send(new CreateOpenIDConnectProviderCommand({ Url, Tags: [{ Key: 'a', Value: '1' }] }));
    const Tags = [
      { Key: 'c', Value: '3' },
      { Key: 'b', Value: '2' },
    ];
    await iam.send(new TagOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, Tags }));
    await iam.send(new UntagOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, TagKeys: ['a'] }));
    const list = (Marker?: string) =>
      iam.send(new ListOpenIDConnectProviderTagsCommand({ OpenIDConnectProviderArn, MaxItems: 1, Marker }));
    const first = await list();
    expect(first).toMatchObject({ Tags: [{ Key: 'b', Value: '2' }], IsTruncated: true });
    expect(await list(first.Marker)).toMatchObject({ Tags: [{ Key: 'c', Value: '3' }], IsTruncated: false });
  });

  it('are a hundred an account at most', async () => {
    const providers = Array.from({ length: 100 }, (_, at) => `{ url: "https://p${at}.example.com" }`);
    const { iam } = await runningAccount(`{ oidcProviders: [${providers.join()}] }`);
    await expect(iam.send(new CreateOpenIDConnectProviderCommand({ Url }))).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for OpenIdConnectProvidersPerAccount: 100',
    });
  });
});

describe('SAML providers', () => {
  const SAMLProviderArn = 'arn:aws:iam::123456789012:saml-provider/corp';
  const corp = { Name: 'corp', SAMLMetadataDocument: samlMetadata() };

  it('are made of metadata, told, listed and deleted', async () => {
    const { iam } = await runningAccount('{}');
    const SAMLMetadataDocument = samlMetadata(' validUntil="2030-01-01T00:00:00Z"');
    const created = await iam.send(new CreateSAMLProviderCommand({ ...corp, SAMLMetadataDocument }));
    expect(created).toMatchObject({ SAMLProviderArn });
    expect(created.Tags).toBeUndefined();
    expect(await iam.send(new GetSAMLProviderCommand({ SAMLProviderArn }))).toMatchObject({
      SAMLMetadataDocument,
      SAMLProviderUUID: expect.stringMatching(/^[A-Z0-9]{22}$/) as unknown,
      CreateDate: new Date('2026-01-31T12:00:00Z'),
      ValidUntil: new Date('2030-01-01T00:00:00Z'),
    });
    const { SAMLProviderList } = await iam.send(new ListSAMLProvidersCommand({}));
    expect(SAMLProviderList).toMatchObject([{ Arn: SAMLProviderArn, ValidUntil: new Date('2030-01-01T00:00:00Z') }]);
    await iam.send(new DeleteSAMLProviderCommand({ SAMLProviderArn }));
    await expect(iam.send(new DeleteSAMLProviderCommand({ SAMLProviderArn }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
  });

  it('are one a name', async () => {
    const { iam } = await runningAccount('{}');
    await iam.send(new CreateSAMLProviderCommand(corp));
    await expect(iam.send(new CreateSAMLProviderCommand(corp))).rejects.toMatchObject({
      name: 'EntityAlreadyExistsException',
      message: 'Provider with name corp already exists.',
    });
  });

  it.each([
    ['no XML', 'a'.repeat(1000)],
    ['a document type', `<!DOCTYPE a [<!ENTITY b "c">]>${samlMetadata()}`],
    ['no identity provider', samlMetadata().replaceAll('IDPSSODescriptor', 'SPSSODescriptor')],
    ['an element that is left open', samlMetadata().replace('</md:KeyDescriptor>', '')],
    ['a broken certificate', samlMetadata().replace('<ds:X509Certificate>', '<ds:X509Certificate>AAAA')],
  ])('cannot be made of %s', async (_, SAMLMetadataDocument) => {
    const { iam } = await runningAccount('{}');
    await expect(iam.send(new CreateSAMLProviderCommand({ Name: 'corp', SAMLMetadataDocument }))).rejects.toMatchObject(
      { name: 'InvalidInputException', message: 'Could not parse metadata' },
    );
  });

  it('have metadata of a thousand characters at least', async () => {
    const { iam } = await runningAccount('{}');
    await expect(
      iam.send(new CreateSAMLProviderCommand({ Name: 'corp', SAMLMetadataDocument: '<a/>' })),
    ).rejects.toMatchObject({
      name: 'ValidationError',
      message:
        "1 validation error detected: Value at 'sAMLMetadataDocument' failed to satisfy constraint: Member must have length greater than or equal to 1000",
    });
  });

  it('rotate private keys, two at most, and need one where assertions must be encrypted', async () => {
    const { iam } = await runningAccount('{}');
    await iam.send(new CreateSAMLProviderCommand(corp));
    const update = (change: object) => iam.send(new UpdateSAMLProviderCommand({ SAMLProviderArn, ...change }));
    await expect(update({ AssertionEncryptionMode: 'Required' })).rejects.toMatchObject({
      name: 'InvalidInputException',
    });
    await update({ AssertionEncryptionMode: 'Required', AddPrivateKey: CERTIFICATE_KEY });
    await update({ AddPrivateKey: SHORT_CERTIFICATE_KEY });
    const provider = await iam.send(new GetSAMLProviderCommand({ SAMLProviderArn }));
    expect(provider.AssertionEncryptionMode).toBe('Required');
    expect(provider.PrivateKeyList).toHaveLength(2);
    const [first] = provider.PrivateKeyList ?? [];
    expect(first).toEqual({
      KeyId: expect.stringMatching(/^[A-Z0-9]{22,64}$/) as unknown,
      Timestamp: new Date('2026-01-31T12:00:00Z'),
    });
    await update({ RemovePrivateKey: first?.KeyId });
    const after = await iam.send(new GetSAMLProviderCommand({ SAMLProviderArn }));
    expect(after.PrivateKeyList).toEqual(provider.PrivateKeyList?.slice(1));
    await expect(update({ AddPrivateKey: 'no key' })).rejects.toMatchObject({ name: 'InvalidInputException' });
  });
});
