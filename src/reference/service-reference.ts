import { isJsonObject, type JsonObject } from '../kernel/json.ts';
import { type ActionIndex, createActionIndex, type ServiceActions } from './action-index.ts';
import { objectAt, objectsAt, readIamData, textAt, textsAt } from './iam-data-files.ts';

/** AWS's service reference: every action there is, what it works on and which condition keys it knows. */
export interface ServiceReference extends ActionIndex {
  /** The day the reference was made: `2026-09-26`. */
  readonly dataDate: string;
  /** What AWS's Service Authorization Reference says of an action; null for one that is not known. */
  describeAction(action: string): ActionDescription | null;
}

/** What the Service Authorization Reference says of an action. */
export interface ActionDescription {
  /** In AWS's spelling: `iam:PassRole`. */
  readonly name: string;
  readonly accessLevel: AccessLevel;
  /**
   * The types of resource that a request can name; none: the request's resource is `*`. A type whose ARNs have several
   * forms, as those of REST and HTTP APIs, comes once a form.
   */
  readonly resourceTypes: readonly ActionResourceType[];
  /** The service's and global condition keys of the action: `iam:PassedToService`, `aws:RequestTag/${TagKey}`. */
  readonly conditionKeys: readonly string[];
}

/** The access levels of the Service Authorization Reference. */
export type AccessLevel = 'List' | 'Read' | 'Write' | 'Permissions management' | 'Tagging';

/** A type of resource that an action works on. */
export interface ActionResourceType {
  readonly name: string;
  /** Whether each request names one. */
  readonly required: boolean;
  /** `arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}`; empty where the reference has none. */
  readonly arnPattern: string;
  readonly conditionKeys: readonly string[];
}

let known: ServiceReference | undefined;

/** The service reference that comes with this version of Vigil. It is read at the first call, and kept. */
export const serviceReference = (): ServiceReference => {
  known ??= readServiceReference();
  return known;
};

let loaded: Promise<ServiceReference> | undefined;

/** The same, for those who can wait; what goes wrong rejects the promise. */
export const loadServiceReference = (): Promise<ServiceReference> => {
  loaded ??= Promise.resolve().then(serviceReference);
  return loaded;
};

const readServiceReference = (): ServiceReference => {
  const services = textsAt({ services: readIamData('data/services.json') }, 'services');
  const index = createActionIndex(services.map(readActionNames));
  return {
    ...index,
    dataDate: textAt(readObject('package.json'), 'updatedAt').slice(0, 10),
    describeAction: (action) => {
      const name = index.names[index.positionOf(action) ?? -1];
      return name === undefined ? null : describe(name);
    },
  };
};

const readActionNames = (service: string): ServiceActions => ({
  service,
  actions: Object.values(readObject(`data/actions/${service}.json`))
    .filter(isJsonObject)
    .map((action) => textAt(action, 'name'))
    .sort(),
});

// The descriptions are some 10 MB in all: the files of a service are read again when one of its actions is asked for.
const filesOfService = new Map<string, { readonly actions: JsonObject; readonly resourceTypes: JsonObject }>();

const describe = (name: string): ActionDescription => {
  const [service = '', action = ''] = name.split(':');
  let files = filesOfService.get(service);
  if (files === undefined) {
    files = {
      actions: readObject(`data/actions/${service}.json`),
      resourceTypes: readObject(`data/resourceTypes/${service}.json`),
    };
    filesOfService.set(service, files);
  }
  const { actions, resourceTypes } = files;
  const description = objectAt(actions, action.toLowerCase());
  return {
    name,
    accessLevel: toAccessLevel(textAt(description, 'accessLevel')),
    resourceTypes: objectsAt(description, 'resourceTypes').flatMap((type) =>
      textAt(objectAt(resourceTypes, textAt(type, 'name').toLowerCase()), 'arn')
        .split(', ')
        .map((arnPattern) => ({
          name: textAt(type, 'name'),
          required: type['required'] === true,
          arnPattern,
          conditionKeys: textsAt(type, 'conditionKeys'),
        })),
    ),
    conditionKeys: textsAt(description, 'conditionKeys'),
  };
};

/** The data says `Tagging, Write` where AWS's pages say `Tagging`: the more telling word comes first. */
const toAccessLevel = (text: string): AccessLevel => {
  for (const level of ['Permissions management', 'Tagging', 'Read', 'List'] as const) {
    if (text.startsWith(level)) return level;
  }
  return 'Write';
};

const readObject = (path: string): JsonObject => {
  const value = readIamData(path);
  return isJsonObject(value) ? value : {};
};
