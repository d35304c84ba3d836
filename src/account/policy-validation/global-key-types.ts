import { globalConditionKeys } from '../../evaluate/context-keys.ts';
import { conditionKeyTypes } from '../../reference/condition-key-types.ts';

/** The data types of the global keys that are no single text. Source: "AWS global condition context keys", IAM User Guide. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['aws:assumedroot', 'Bool'],
  ['aws:calledvia', 'ArrayOfString'],
  ['aws:chatbotsourcearn', 'ARN'],
  ['aws:currenttime', 'Date'],
  ['aws:ec2instancesourceprivateipv4', 'IPAddress'],
  ['aws:epochtime', 'Date'],
  ['aws:ismcpserviceaction', 'Bool'],
  ['aws:multifactorauthage', 'Numeric'],
  ['aws:multifactorauthpresent', 'Bool'],
  ['aws:principalarn', 'ARN'],
  ['aws:principalisawsservice', 'Bool'],
  ['aws:principalorgpaths', 'ArrayOfString'],
  ['aws:principalservicenameslist', 'ArrayOfString'],
  ['aws:resourceorgpaths', 'ArrayOfString'],
  ['aws:securetransport', 'Bool'],
  ['aws:sourcearn', 'ARN'],
  ['aws:sourceip', 'IPAddress'],
  ['aws:sourceorgpaths', 'ArrayOfString'],
  ['aws:sourcevpcarn', 'ARN'],
  ['aws:tagkeys', 'ArrayOfString'],
  ['aws:tokenissuetime', 'Date'],
  ['aws:viaawsservice', 'Bool'],
  ['aws:vpceorgpaths', 'ArrayOfString'],
  ['aws:vpcsourceip', 'IPAddress'],
]);

/** The data type of a condition key, `String`, `ArrayOfARN`, …; null for one that AWS does not tell of. */
export const typeOfKey = (key: string): string | null => {
  const name = key.toLowerCase();
  return TYPES.get(name) ?? (isGlobalKey(name) ? 'String' : conditionKeyTypes().typeOf(name));
};

/** Whether a key is one of those that all services share. */
export const isGlobalKey = (key: string): boolean => {
  const name = key.toLowerCase();
  const slash = name.indexOf('/');
  return globalConditionKeys.includes(slash < 0 ? name : name.slice(0, slash + 1));
};
