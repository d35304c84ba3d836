import type { EscalationMethod } from '../escalation-method.ts';
import { agentCoreMethods } from './agentcore.ts';
import { appRunnerMethods } from './apprunner.ts';
import { batchMethods } from './batch.ts';
import { cloudFormationMethods } from './cloudformation.ts';
import { codeBuildMethods } from './codebuild.ts';
import { codeStarMethods } from './codestar.ts';
import { computeMethods } from './compute.ts';
import { credentialMethods } from './credentials.ts';
import { dataMethods } from './data.ts';
import { deliveryMethods } from './delivery.ts';
import { existingInstanceMethods } from './ec2-existing.ts';
import { newInstanceMethods } from './ec2-new.ts';
import { containerServiceMethods } from './ecs.ts';
import { kubernetesMethods } from './eks.ts';
import { elasticBeanstalkMethods } from './elasticbeanstalk.ts';
import { emrMethods } from './emr.ts';
import { federationMethods } from './federation.ts';
import { glueMethods } from './glue.ts';
import { identityCenterMethods } from './identity-center.ts';
import { identityProviderMethods } from './identity-providers.ts';
import { thingMethods } from './iot.ts';
import { lambdaMethods } from './lambda.ts';
import { limits } from './limits.ts';
import { orchestrationMethods } from './orchestration.ts';
import { organizationMethods } from './organization.ts';
import { organizationLimitMethods } from './organization-limits.ts';
import { otherPrincipals } from './other-principals.ts';
import { ownPolicies } from './own-policies.ts';
import { raisedUsers } from './raised-users.ts';
import { rolesAnywhereMethods } from './rolesanywhere.ts';
import { sageMakerMethods } from './sagemaker.ts';
import { systemsManagerMethods } from './ssm.ts';
import { throughServiceMethods } from './through-service.ts';

/** The catalogue of methods, the plainest first. */
export const escalationMethods: readonly EscalationMethod[] = [
  ...ownPolicies,
  ...otherPrincipals,
  ...raisedUsers,
  ...limits,
  ...lambdaMethods,
  ...newInstanceMethods,
  ...existingInstanceMethods,
  ...containerServiceMethods,
  ...cloudFormationMethods,
  ...codeBuildMethods,
  ...glueMethods,
  ...sageMakerMethods,
  ...systemsManagerMethods,
  ...orchestrationMethods,
  ...computeMethods,
  ...deliveryMethods,
  ...agentCoreMethods,
  ...appRunnerMethods,
  ...batchMethods,
  ...codeStarMethods,
  ...elasticBeanstalkMethods,
  ...emrMethods,
  ...kubernetesMethods,
  ...thingMethods,
  ...rolesAnywhereMethods,
  ...identityProviderMethods,
  ...federationMethods,
  ...identityCenterMethods,
  ...organizationMethods,
  ...organizationLimitMethods,
  ...dataMethods,
  ...throughServiceMethods,
  ...credentialMethods,
];
