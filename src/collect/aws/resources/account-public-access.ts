import type { PublicAccessBlockConfiguration } from '@aws-sdk/client-s3';
import { required } from '../answers.ts';
import type { ServiceScope } from '../service-scope.ts';
import { unlessAbsent } from './resource-reading.ts';

/** The settings of S3 Block Public Access that are on. */
export type BlockSettings = Readonly<Record<string, boolean>>;

/**
 * The settings of Block Public Access for the whole account, which count beside each bucket's own; null: they could not
 * be read. Not asked where an endpoint is given: S3 tells them at a host name that begins with the account's id.
 */
export const readAccountBlock = async ({
  reader,
  connect,
  homeRegion,
  accountId,
  hasOwnEndpoint,
}: ServiceScope): Promise<BlockSettings | null> => {
  if (hasOwnEndpoint) return {};
  const sdk = await import('@aws-sdk/client-s3-control');
  const client = connect(sdk.S3ControlClient, homeRegion);
  const answer = await reader.read('s3control:GetPublicAccessBlock', async () => ({
    block: await unlessAbsent('NoSuchPublicAccessBlockConfiguration', () =>
      client.send(new sdk.GetPublicAccessBlockCommand({ AccountId: accountId })),
    ),
  }));
  if (answer === null) return null;
  const { block } = answer;
  return block === undefined
    ? {}
    : blockSettings(required(block.PublicAccessBlockConfiguration, 'PublicAccessBlockConfiguration'));
};

/** The settings as they are told. */
export const blockSettings = (told: PublicAccessBlockConfiguration): BlockSettings =>
  Object.fromEntries(Object.entries(told).filter(([, on]) => typeof on === 'boolean'));
