import type { ResourceDocument } from '../../../snapshot/resource.ts';
import type { SourceAction } from '../actions.ts';
import { toCallError } from '../error-text.ts';
import { policyDocument } from '../policy-document.ts';
import type { ServiceScope } from '../service-scope.ts';

/** A resource that a list told, and how to ask for its policy; undefined: it has none. */
export interface ListedResource {
  readonly resource: ResourceDocument;
  readonly askPolicy: () => Promise<string | undefined>;
}

/** The resources with their policies. One whose policy cannot be read stays, without it, and is a gap about it. */
export const withPolicies = async (
  { reader, progress }: ServiceScope,
  action: SourceAction,
  listed: readonly ListedResource[],
): Promise<readonly ResourceDocument[]> => {
  // Nothing asked is nothing read.
  if (listed.length === 0) return [];
  progress.phase(`policies of ${action.split(':')[0]}`, listed.length);
  const policies = await reader.readEach(
    action,
    listed,
    ({ resource }) => resource.arn,
    async ({ askPolicy }) => ({ text: await askPolicy() }),
  );
  return listed.map(({ resource }, index) => {
    const text = policies?.[index]?.text;
    return text === undefined || text === '' ? resource : { ...resource, policy: policyDocument(text) };
  });
};

/** What a call answers; undefined where its error says that there is no such thing. */
export const unlessAbsent = async <T>(error: string, ask: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await ask();
  } catch (thrown) {
    if (toCallError(thrown).name.startsWith(error)) return undefined;
    throw thrown;
  }
};
