import {
  GetOpenIDConnectProviderCommand,
  ListOpenIDConnectProvidersCommand,
  ListSAMLProvidersCommand,
} from '@aws-sdk/client-iam';
import type { IdentityProvidersDocument } from '../../snapshot/snapshot-documents.ts';
import { answered, isoTimeOrAbsent, required } from './answers.ts';
import type { Reader } from './reader.ts';

type Provider<List extends keyof IdentityProvidersDocument> = NonNullable<IdentityProvidersDocument[List]>;

/** SAML providers; the list tells all there is to know of them. Null: a gap. */
export const collectSamlProviders = async (reader: Reader): Promise<Provider<'SAMLProviderList'> | null> =>
  reader.read('iam:ListSAMLProviders', async () => {
    const { SAMLProviderList = [] } = answered(await reader.iam.send(new ListSAMLProvidersCommand({})));
    return SAMLProviderList.map((provider) => ({
      Arn: required(provider.Arn, 'Arn'),
      ValidUntil: isoTimeOrAbsent(provider.ValidUntil),
      CreateDate: isoTimeOrAbsent(provider.CreateDate),
    }));
  });

/** ARNs of the OIDC providers; null: a gap. */
export const listOidcProviders = async (reader: Reader): Promise<readonly string[] | null> =>
  reader.read('iam:ListOpenIDConnectProviders', async () => {
    const list = answered(await reader.iam.send(new ListOpenIDConnectProvidersCommand({})));
    return (list.OpenIDConnectProviderList ?? []).map(({ Arn }) => required(Arn, 'Arn'));
  });

/** OIDC providers with issuer and audiences; of one that cannot be read only the ARN. */
export const collectOidcProviders = async (
  reader: Reader,
  arns: readonly string[],
): Promise<Provider<'OpenIDConnectProviderList'>> =>
  Promise.all(
    arns.map(async (Arn) => {
      const provider = await reader.read(
        'iam:GetOpenIDConnectProvider',
        async () => {
          const command = new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: Arn });
          const answer = answered(await reader.iam.send(command));
          return {
            Url: required(answer.Url, 'Url'),
            ClientIDList: answer.ClientIDList ?? [],
            ThumbprintList: answer.ThumbprintList ?? [],
            CreateDate: isoTimeOrAbsent(answer.CreateDate),
          };
        },
        Arn,
      );
      return { Arn, ...provider };
    }),
  );
