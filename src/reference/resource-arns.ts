import { isJsonObject } from '../kernel/json.ts';
import { readIamData, textAt, textsAt } from './iam-data-files.ts';

/** The ARN of a type of resource: `arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}`, in its parts. */
export interface ResourceArn {
  /** Whether such an ARN names a Region. */
  readonly hasRegion: boolean;
  /** Whether such an ARN names an account. */
  readonly hasAccount: boolean;
  /** What follows the fifth colon, with `*` for what is the user's own: `role/*`. */
  readonly resource: string;
}

let known: ReadonlyMap<string, readonly ResourceArn[]> | undefined;

/** The ARNs of the types of resource of each service, by the service that stands in the ARN. Read at the first call, and kept. */
export const resourceArns = (): ReadonlyMap<string, readonly ResourceArn[]> => {
  known ??= readArns();
  return known;
};

const readArns = (): ReadonlyMap<string, readonly ResourceArn[]> => {
  const found = new Map<string, ResourceArn[]>();
  for (const service of textsAt({ services: readIamData('data/services.json') }, 'services')) {
    const file = readIamData(`data/resourceTypes/${service}.json`);
    for (const type of Object.values(isJsonObject(file) ? file : {})) {
      // A variable may hold colons: `${Partition}` and its like are single parts, whatever stands in them.
      const [arn, , owner = '', region = '', account = '', ...resource] = textAt(isJsonObject(type) ? type : {}, 'arn')
        .replace(/\$\{[^}]*\}/g, '*')
        .split(':');
      if (arn !== 'arn' || resource.length === 0) continue;
      const entry = { hasRegion: region !== '', hasAccount: account !== '', resource: resource.join(':') };
      found.set(owner, [...(found.get(owner) ?? []), entry]);
    }
  }
  return found;
};
