import { beforeAll, describe, expect, it } from 'vitest';
import { loadServiceReference, type ServiceReference } from '../../reference/service-reference.ts';
import { actionsOfEvent } from './actions-of-event.ts';
import { ACTIONS_OF_EVENTS, METHODS_OF_VERBS, SERVICES_OF_SOURCES } from './event-actions.ts';

let reference: ServiceReference;
beforeAll(async () => {
  reference = await loadServiceReference();
});

const behind = (source: string, event: string) => {
  const used = actionsOfEvent(`${source}.amazonaws.com`, event, reference);
  return used === null ? null : [used.service, ...used.actions];
};

describe('the actions behind an event', () => {
  it.each([
    ['of its own name', 'iam', 'CreateUser', ['iam', 'CreateUser']],
    ['of its own name in the spelling of IAM', 's3', 'GetBucketCors', ['s3', 'GetBucketCORS']],
    ['that Amazon S3 calls otherwise', 's3', 'ListObjects', ['s3', 'ListBucket']],
    ['that Amazon S3 calls otherwise, of buckets', 's3', 'ListBuckets', ['s3', 'ListAllMyBuckets']],
    ['of a copy, which reads and writes', 's3', 'CopyObject', ['s3', 'GetObject', 'PutObject']],
    ['with the version of the API', 'lambda', 'CreateFunction20150331', ['lambda', 'CreateFunction']],
    ['with the second version of the API', 'lambda', 'GetPolicy20150331v2', ['lambda', 'GetPolicy']],
    ['of an invocation', 'lambda', 'Invoke', ['lambda', 'InvokeFunction']],
    ['with a date in underscores', 'cloudfront', 'CreateDistribution2020_05_31', ['cloudfront', 'CreateDistribution']],
    ['of a source with another name', 'monitoring', 'PutMetricData', ['cloudwatch', 'PutMetricData']],
    ['of API Gateway, methods of HTTP', 'apigateway', 'UpdateRestApi', ['apigateway', 'PATCH']],
    ['that the event does not tell', 'dynamodb', 'ExecuteStatement', ['dynamodb']],
    ['that nobody knows', 's3', 'FrobnicateBucket', ['s3']],
    ['that every object has a member of', 's3', 'constructor', ['s3']],
  ])('are those %s', (_, source, event, expected) => {
    expect(behind(source, event)).toEqual(expected);
  });

  it('are none where the source is none of AWS', () => {
    expect(actionsOfEvent('evil.example.com', 'CreateUser', reference)).toBeNull();
    expect(actionsOfEvent('__proto__.amazonaws.com', 'CreateUser', reference)).toBeNull();
    expect(actionsOfEvent('constructor.amazonaws.com', 'toString', reference)).toEqual({
      service: 'constructor',
      actions: [],
    });
    expect(actionsOfEvent('s3.amazonaws.com.cn', 'CreateBucket', reference)?.actions).toEqual(['CreateBucket']);
  });
});

describe('the tables of events', () => {
  it('name actions that the service reference knows', () => {
    const named = [
      ...Object.entries(ACTIONS_OF_EVENTS).flatMap(([service, events]) =>
        Object.values(events).flatMap((actions) => actions.map((action) => `${service}:${action}`)),
      ),
      ...Object.entries(METHODS_OF_VERBS).flatMap(([service, verbs]) =>
        Object.values(verbs).map((method) => `${service}:${method}`),
      ),
    ];
    expect(named.filter((name) => reference.positionOf(name) === null)).toEqual([]);
    const services = new Set(reference.names.map((name) => name.slice(0, name.indexOf(':'))));
    expect(Object.values(SERVICES_OF_SOURCES).filter((service) => !services.has(service))).toEqual([]);
  });
});
