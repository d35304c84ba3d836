import { describe, expect, it } from 'vitest';
import { serviceReference } from '../../../reference/service-reference.ts';
import type { EscalationMethod } from '../escalation-method.ts';
import { dataMethods } from './data.ts';
import { federationMethods } from './federation.ts';
import { escalationMethods } from './index.ts';
import { organizationLimitMethods } from './organization-limits.ts';
import { throughServiceMethods } from './through-service.ts';

const methods: readonly EscalationMethod[] = [
  ...new Set([
    ...escalationMethods,
    ...dataMethods,
    ...throughServiceMethods,
    ...federationMethods,
    ...organizationLimitMethods,
  ]),
];

/** The ids of the catalogue of methods, by category. They are for ever. */
const IDS: Readonly<Record<string, string>> = {
  'self-escalation': `
    iam-001 own-iam-set-default-version iam-005 iam-007 iam-008 iam-009 iam-010 iam-011 iam-013
    own-iam-retag-self own-iam-create-role own-iam-create-group own-iam-create-user own-codestar-member
  `,
  'principal-access': `
    iam-002 iam-003 iam-004 iam-006 iam-012 sts-001 iam-014 iam-015 iam-016 iam-017 iam-018 iam-019 iam-020
    iam-021 own-iam-policy-of-user own-iam-group-of-user own-iam-raise-and-sign-in own-iam-join-user own-eks-access-entry own-cognito-user own-open-resource
  `,
  'credential-access': `
    own-iam-reactivate-key own-iam-service-credential own-iam-ssh-key own-iam-signing-cert own-ec2-snapshot
    own-cred-secret own-cred-lambda-env own-cred-user-data own-cred-build-env own-cred-object
    own-cred-password-data own-cred-database
  `,
  'boundary-removal': `
    iam-022 iam-023 own-iam-put-user-boundary own-iam-put-role-boundary own-iam-edit-boundary
    own-iam-drop-deny own-iam-mfa-off own-iam-mfa-on own-iam-mfa-resync own-kms-grant own-sso-boundary
    own-org-scp-detach own-org-move-account own-org-leave
  `,
  'trust-tampering': `
    own-kms-key-policy own-iam-saml-update own-iam-saml-create own-iam-saml-trust own-iam-oidc-thumbprint
    own-iam-oidc-audience own-iam-oidc-create own-oidc-subject own-rolesanywhere-create
    own-rolesanywhere-update own-rolesanywhere-profile own-iot-role-alias own-iot-existing-alias
    own-s3-bucket-policy own-secret-resource-policy
  `,
  'new-passrole': `
    lambda-001 lambda-002 lambda-006 own-lambda-url own-lambda-swap-role ec2-001 ec2-003 own-ec2-swap-profile
    own-iam-profile-swap-role own-ec2-fleet own-asg-launch-template own-asg-launch-config ssm-003
    own-ssm-activation ecs-001 ecs-002 ecs-003 ecs-004 ecs-005 ecs-007 ecs-008 ecs-009 own-ecs-update-service
    batch-001 own-eks-pod-identity own-eks-nodegroup apprunner-001 codebuild-001 codebuild-004
    own-codepipeline-create own-codestar-project cloudformation-001 cloudformation-003
    own-cloudformation-changeset-new own-cloudcontrol datapipeline-001 imagebuilder-001 glue-001 glue-003
    glue-004 glue-005 glue-006 glue-007 sagemaker-001 sagemaker-002 sagemaker-003 own-sagemaker-user-profile
    own-sagemaker-other-jobs emr-001 emrserverless-001 kinesisanalytics-001 omics-001 braket-001 gamelift-001
    own-datasync own-transfer-user own-s3-batch own-redshift-role stepfunctions-001
    own-stepfunctions-teststate scheduler-001 own-events-rule own-pipes own-iot-rule
    own-apigateway-integration own-appsync-datasource own-synthetics bedrock-001 own-agentcore-runtime-new
    own-agentcore-harness-new own-agentcore-browser-new cognitoidentity-001
  `,
  'existing-passrole': `
    lambda-003 lambda-004 lambda-005 own-lambda-layer ec2-002 ec2-004 ec2instanceconnect-003 own-ec2-serial
    ssm-001 ssm-002 own-ssm-association own-ssm-maintenance-window own-ssm-update-document ecs-006
    own-ecr-push batch-002 apprunner-002 own-beanstalk-version codebuild-002 codebuild-003
    own-codebuild-update own-codebuild-sandbox codedeploy-001 own-codepipeline-update own-source-push
    own-codestar-template cloudformation-002 cloudformation-004 cloudformation-005
    own-cloudformation-template-object own-servicecatalog-launch own-servicecatalog-artifact glue-002
    own-glue-session own-glue-script own-glue-script-argument sagemaker-004 sagemaker-005 own-sagemaker-domain-url own-emr-steps
    own-emr-on-eks own-mwaa-token stepfunctions-002 own-greengrass-deploy own-cloud9-member bedrock-002
    own-agentcore-runtime-command own-agentcore-browser
  `,
  'org-level': `
    sso-001 sso-002 sso-003 own-sso-customer-policy own-sso-assign own-identitystore-group own-sso-password
    own-assume-root own-org-access-role own-org-delegate own-org-stackset
  `,
};

const asksOf = ({ ways }: EscalationMethod) =>
  ways.flatMap(({ requires }) =>
    requires.flatMap((requirement) => ('anyOf' in requirement ? requirement.anyOf : [requirement])),
  );
const asks = methods.flatMap((method) => asksOf(method).map((ask) => ({ id: method.id, ask })));
const reference = serviceReference();

/** In no table of AWS: of a service that was closed. */
const WITHOUT_ENTRY: ReadonlySet<string> = new Set(['codestar:CreateProjectFromTemplate']);

/** The reference tells the resources of AWS IoT Greengrass Version 1; in Version 2 the action names none. */
const NAMES_NOTHING: ReadonlySet<string> = new Set(['greengrass:CreateDeployment']);

/** Needs what it would yield, the device itself; is asked of two accounts at once. */
const YIELDS_NOTHING: ReadonlySet<string> = new Set(['own-iam-mfa-resync', 'own-open-resource']);

describe('the catalogue of methods', () => {
  it('has every method of every category, and each once', () => {
    const expected = Object.entries(IDS).flatMap(([category, ids]) =>
      ids
        .trim()
        .split(/\s+/)
        .map((id) => `${category} ${id}`),
    );
    expect(methods.map(({ category, id }) => `${category} ${id}`).sort()).toEqual(expected.sort());
  });

  it('asks for actions that AWS has, in its spelling', () => {
    const wrong = asks.filter(
      ({ ask: { action } }) => !WITHOUT_ENTRY.has(action) && reference.describeAction(action)?.name !== action,
    );
    expect(wrong).toEqual([]);
  });

  it('asks on types of resource that the action has', () => {
    const wrong = asks.filter(({ ask: { action, type } }) => {
      const types = reference.describeAction(action)?.resourceTypes ?? [];
      return type !== undefined && !types.some(({ name }) => name === type);
    });
    expect(wrong).toEqual([]);
  });

  it('asks on no resource only where the action demands none', () => {
    const wrong = asks.filter(
      ({ ask: { action, on } }) =>
        on === 'nothing' &&
        !NAMES_NOTHING.has(action) &&
        reference.describeAction(action)?.resourceTypes.some(({ required }) => required),
    );
    expect(wrong).toEqual([]);
  });

  it('names the type of resource wherever the action demands none', () => {
    const named: readonly unknown[] = ['new', 'existing', 'running', 'member-account'];
    const wrong = asks.filter(
      ({ ask: { action, on, type } }) =>
        named.includes(on) &&
        type === undefined &&
        !reference.describeAction(action)?.resourceTypes.some(({ required }) => required),
    );
    expect(wrong).toEqual([]);
  });

  it('passes a role only to a service', () => {
    const wrong = methods.filter(({ ways }) =>
      ways.some(
        ({ service, requires }) =>
          service === undefined &&
          requires.some((ask) => 'action' in ask && ask.action === 'iam:PassRole' && ask.context === undefined),
      ),
    );
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  it('writes no condition key that AWS does not have', () => {
    const wrong = asks.filter(({ ask: { action, context = {} } }) => {
      const known = reference.describeAction(action);
      const keys = [
        ...(known?.conditionKeys ?? []),
        ...(known?.resourceTypes ?? []).flatMap((type) => type.conditionKeys),
      ];
      return Object.keys(context).some((key) => !keys.includes(key));
    });
    expect(wrong).toEqual([]);
  });

  it.each(methods.map((method) => [method.id, method] as const))('%s is told to people', (_id, method) => {
    expect(method.title).toMatch(/^[A-Z].{10,88}[^.]$/);
    if (!YIELDS_NOTHING.has(method.id)) expect(method.ways.length).toBeGreaterThan(0);
    expect(method.remediation.length).toBeGreaterThan(0);
    for (const sentence of method.remediation) expect(sentence).toMatch(/^[A-Z].{20,}\.$/);
    expect(method.references.length).toBeGreaterThan(0);
    for (const url of method.references) expect(new URL(url).protocol).toBe('https:');
    for (const fact of method.ways.flatMap(({ facts = [] }) => facts))
      if (typeof fact === 'object') expect(fact.unseen).toMatch(/^[a-z].*[^.]$/);
  });
});
