import { isJsonObject, type JsonObject } from '../kernel/json.ts';
import { parsed, statementsOf } from './trust-document.ts';

/**
 * Whether S3 counts a policy as public: it allows everybody something without a condition that fixes who.
 * Source: "The meaning of public", Amazon S3 User Guide.
 */
export const isPublicPolicy = (text: string): boolean =>
  statementsOf(parsed(text)).some(
    ({ Effect, Principal, NotPrincipal, Condition }) =>
      Effect === 'Allow' && (isEverybody(Principal) || NotPrincipal !== undefined) && !fixesWho(Condition),
  );

const isEverybody = (principal: JsonObject[string] | undefined): boolean =>
  isJsonObject(principal) ? [principal['AWS'] ?? []].flat().includes('*') : principal === '*';

/** The keys that S3 takes for fixing who calls, where they have a value without wildcards. */
const FIXING_KEYS: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceip',
  'aws:sourceowner',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:userid',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
]);

const fixesWho = (condition: JsonObject[string] | undefined): boolean =>
  isJsonObject(condition) &&
  Object.entries(condition).some(
    ([operator, keys]) =>
      /^(?:String(?:Equals|Like)|Arn(?:Equals|Like)|IpAddress)/.test(operator) &&
      !operator.endsWith('IfExists') &&
      isJsonObject(keys) &&
      Object.entries(keys).some(
        ([key, values]) =>
          FIXING_KEYS.has(key.toLowerCase()) && [values].flat().every((value) => !isOpen(String(value))),
      ),
  );

const isOpen = (value: string): boolean => /[*?]|\$\{/.test(value) || value === '0.0.0.0/0' || value === '::/0';
