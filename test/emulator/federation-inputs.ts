import { CERTIFICATE, CERTIFICATE_KEY, samlMetadata } from './example-certificates.ts';

const SAMLProviderArn = 'arn:aws:iam::123456789012:saml-provider/s';
const OpenIDConnectProviderArn = 'arn:aws:iam::123456789012:oidc-provider/o';
const ServerCertificateName = 'c';
const Tags = [{ Key: 'a', Value: 'b' }];
const TagKeys = ['a'];

/** An input for each operation on identity providers and server certificates that makes its answer as full as it gets. */
export const federationInputs: Readonly<Record<string, object>> = {
  'iam:AddClientIDToOpenIDConnectProvider': { OpenIDConnectProviderArn, ClientID: 'x' },
  'iam:CreateOpenIDConnectProvider': { Url: 'https://new.example.com', Tags },
  'iam:CreateSAMLProvider': { Name: 'new', SAMLMetadataDocument: samlMetadata(), AddPrivateKey: CERTIFICATE_KEY, Tags },
  'iam:DeleteOpenIDConnectProvider': { OpenIDConnectProviderArn },
  'iam:DeleteSAMLProvider': { SAMLProviderArn },
  'iam:DeleteServerCertificate': { ServerCertificateName },
  'iam:GetOpenIDConnectProvider': { OpenIDConnectProviderArn },
  'iam:GetSAMLProvider': { SAMLProviderArn },
  'iam:GetServerCertificate': { ServerCertificateName },
  'iam:ListOpenIDConnectProviderTags': { OpenIDConnectProviderArn },
  'iam:ListOpenIDConnectProviders': {},
  'iam:ListSAMLProviderTags': { SAMLProviderArn },
  'iam:ListSAMLProviders': {},
  'iam:ListServerCertificateTags': { ServerCertificateName },
  'iam:ListServerCertificates': {},
  'iam:RemoveClientIDFromOpenIDConnectProvider': { OpenIDConnectProviderArn, ClientID: 'c' },
  'iam:TagOpenIDConnectProvider': { OpenIDConnectProviderArn, Tags },
  'iam:TagSAMLProvider': { SAMLProviderArn, Tags },
  'iam:TagServerCertificate': { ServerCertificateName, Tags },
  'iam:UntagOpenIDConnectProvider': { OpenIDConnectProviderArn, TagKeys },
  'iam:UntagSAMLProvider': { SAMLProviderArn, TagKeys },
  'iam:UntagServerCertificate': { ServerCertificateName, TagKeys },
  'iam:UpdateOpenIDConnectProviderThumbprint': { OpenIDConnectProviderArn, ThumbprintList: ['a'.repeat(40)] },
  'iam:UpdateSAMLProvider': { SAMLProviderArn, SAMLMetadataDocument: samlMetadata() },
  'iam:UpdateServerCertificate': { ServerCertificateName, NewPath: '/new/' },
  'iam:UploadServerCertificate': {
    ServerCertificateName: 'new',
    CertificateBody: CERTIFICATE,
    PrivateKey: CERTIFICATE_KEY,
    Tags,
  },
};
