import { beforeAll, describe, expect, it } from 'vitest';
import { loadServiceReference, type ServiceReference } from '../../reference/service-reference.ts';
import { actionsOfEvent } from './actions-of-event.ts';
import { ACTIONS_OF_EVENTS, METHODS_OF_VERBS, SERVICES_OF_SOURCES } from './event-actions.ts';

let reference: ServiceReference;
beforeAll(async () => {
  reference = await loadServiceReference();
});

const behind = (source: string, name: string, ofVersion = false) => {
  const used = actionsOfEvent({ source: `${source}.amazonaws.com`, name, ofVersion }, reference);
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
    expect(actionsOfEvent({ source: 'evil.example.com', name: 'CreateUser', ofVersion: false }, reference)).toBeNull();
    expect(behind('__proto__', 'CreateUser')).toBeNull();
    expect(behind('constructor', 'toString')).toEqual(['constructor']);
    const chinese = { source: 's3.amazonaws.com.cn', name: 'CreateBucket', ofVersion: false };
    expect(actionsOfEvent(chinese, reference)?.actions).toEqual(['CreateBucket']);
  });

  it('are others where a version of an object is named', () => {
    expect(behind('s3', 'HeadObject', true)).toEqual(['s3', 'GetObjectVersion']);
    expect(behind('s3', 'PutObjectTagging', true)).toEqual(['s3', 'PutObjectVersionTagging']);
    expect(behind('s3', 'RestoreObject', true)).toEqual(['s3', 'RestoreObject']);
    expect(behind('s3', 'ListBuckets', true)).toEqual(['s3', 'ListAllMyBuckets']);
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
