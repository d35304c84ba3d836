import { PARTITIONS } from '../../iam/partition.ts';
import { resourceArns } from '../../reference/resource-arns.ts';
import { isService } from './action-checks.ts';
import { mayOverlap } from './overlap.ts';
import { redundantItems } from './redundant.ts';
import { type LocatedText, type StatementNode, textsOf, type Validation } from './statement-node.ts';

/** Checks the ARNs of a statement's resources. */
export const checkResources = ({ element }: StatementNode, validation: Validation): void => {
  for (const name of ['Resource', 'NotResource']) {
    const resources = textsOf(element(name));
    for (const resource of resources) checkResource(resource, validation);
    const redundant = redundantItems(resources, ({ text }) => text);
    if (redundant.length > 0) validation.report('REDUNDANT_RESOURCE', redundant, { count: String(redundant.length) });
  }
};

const checkResource = (resource: LocatedText, validation: Validation): void => {
  const { text } = resource;
  const { report } = validation;
  if (/^\*+$/.test(text)) return;
  if (!text.startsWith('arn:')) {
    report('INVALID_ARN_PREFIX', [resource]);
    return;
  }
  // A variable may hold colons of its own, and stands for what nobody knows.
  const parts = text.replace(/\$\{[^{}]*\}/g, '*').split(':');
  const [, partition = '', service = '', region = '', account = '', ...rest] = parts;
  if (rest.length === 0) {
    if (!text.endsWith('*')) report('MISSING_ARN_FIELD', [resource], { fields: '6' });
    return;
  }
  checkPartition(resource, partition, service, validation);
  if (/[*?]/.test(service)) report('WILDCARD_IN_SERVICE_NAME', [resource]);
  else if (service !== service.toLowerCase()) report('INVALID_ARN_SERVICE_CASE', [resource], { service });
  else checkParts(resource, { service, region, account, path: rest.join(':') }, validation);
};

const checkPartition = (resource: LocatedText, partition: string, service: string, { report }: Validation): void => {
  if (/[*?]/.test(partition) || PARTITIONS.some((each) => each === partition)) return;
  const values = { service, partition, partitions: `[${PARTITIONS.join(', ')}]` };
  report('INVALID_PARTITION', [resource], values);
};

interface Parts {
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly path: string;
}

const checkParts = (resource: LocatedText, parts: Parts, { reference, report, budget }: Validation): void => {
  const { service, region, account, path } = parts;
  const types = resourceArns().get(service) ?? [];
  if (types.length === 0) {
    if (!isService(service, reference)) report('INVALID_SERVICE', [resource], { service });
    return;
  }
  if (/^[^*?]+$/.test(region) && !/^[a-z]{2,4}(?:-[a-z]+)+-\d{1,2}$/.test(region)) {
    report('INVALID_ARN_REGION', [resource], { region });
  }
  if (/^[^*?]+$/.test(account) && !/^(?:\d{12}|aws[a-z-]*|cloudfront)$/.test(account)) {
    report('INVALID_ARN_ACCOUNT', [resource], { account });
  }
  budget.left -= types.reduce((sum, type) => sum + type.resource.length, 0) * path.length;
  if (budget.left <= 0) return;
  const fitting = types.filter((type) => mayOverlap(type.resource, path));
  if (fitting.length === 0) {
    report('INVALID_ARN_RESOURCE', [resource]);
    return;
  }
  if (region !== '' && !/^\*+$/.test(region) && !fitting.some(({ hasRegion }) => hasRegion)) {
    report('ARN_REGION_NOT_ALLOWED', [resource], { service });
  }
  if (account !== '' && !/^\*+$/.test(account) && !fitting.some(({ hasAccount }) => hasAccount)) {
    report('ARN_ACCOUNT_NOT_ALLOWED', [resource], { service });
  }
  if (region === '' && fitting.every(({ hasRegion }) => hasRegion))
    report('MISSING_ARN_REGION', [resource], { service });
  // The documents and parameters of AWS itself are in no account.
  if (account === '' && service !== 'ssm' && fitting.every(({ hasAccount }) => hasAccount)) {
    report('MISSING_ARN_ACCOUNT', [resource], { resource: path });
  }
};
