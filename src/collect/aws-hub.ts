import type { AwsHub } from './account-hub.ts';
import type { AwsSourceOptions } from './aws/aws-source-options.ts';

/** Opens what many accounts are reached from. Loads the SDK. */
export const openAwsHub = async (options: AwsSourceOptions): Promise<AwsHub> => {
  const { openHub } = await import('./aws/hub.ts');
  return openHub(options);
};
