import { err, type Result } from '../kernel/result.ts';
import type { ServiceErrorCode } from './service-error-code.ts';

/** The error codes of AWS that operations answer; the HTTP status of each is AWS's own and known to the server. */
export type AwsErrorCode =
  | 'AccessDenied'
  | 'AccessDeniedException'
  | 'AccountNotManagementOrDelegatedAdministratorException'
  | 'CallerIsNotManagementAccountException'
  | 'ConcurrentModification'
  | 'DeleteConflict'
  | 'DuplicateCertificate'
  | 'DuplicateSSHPublicKey'
  | 'EntityAlreadyExists'
  | 'EntityTemporarilyUnmodifiable'
  | 'ExpiredToken'
  | 'ExpiredTokenException'
  | 'ExpiredTradeInTokenException'
  | 'FeatureDisabled'
  | 'FeatureEnabled'
  | 'IDPCommunicationError'
  | 'IDPRejectedClaim'
  | 'IncompleteSignature'
  | 'InternalFailure'
  | 'InvalidAuthenticationCode'
  | 'InvalidAuthorizationMessageException'
  | 'InvalidCertificate'
  | 'InvalidClientTokenId'
  | 'InvalidIdentityToken'
  | 'InvalidInput'
  | 'InvalidParameterValue'
  | 'InvalidPublicKey'
  | 'InvalidUserType'
  | 'JWTPayloadSizeExceededException'
  | 'KeyPairMismatch'
  | 'LimitExceeded'
  | 'MalformedCertificate'
  | 'MalformedPolicyDocument'
  | 'NoSuchEntity'
  | 'NotSupportedService'
  | 'OpenIdIdpCommunicationError'
  | 'OrganizationNotFoundException'
  | 'OrganizationNotInAllFeaturesModeException'
  | 'OutboundWebIdentityFederationDisabledException'
  | 'PackedPolicyTooLarge'
  | 'PasswordPolicyViolation'
  | 'PolicyEvaluation'
  | 'PolicyNotAttachable'
  | 'RegionDisabledException'
  | 'ReportGenerationLimitExceeded'
  | 'ReportExpired'
  | 'ReportInProgress'
  | 'ReportNotPresent'
  | 'ServiceAccessNotEnabledException'
  | 'SessionDurationEscalationException'
  | 'SignatureDoesNotMatch'
  | 'UnmodifiableEntity'
  | 'UnrecognizedPublicKeyEncoding'
  | 'UnsupportedOperation'
  | 'ValidationError'
  | ServiceErrorCode;

/** Why AWS would refuse a call. */
export interface AwsError {
  readonly code: AwsErrorCode;
  /** In AWS's words. */
  readonly message: string;
  /** Further members of the error, such as `Reason`. */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** A refusal. */
export const awsError = (code: AwsErrorCode, message: string, members?: AwsError['members']): Result<never, AwsError> =>
  err(members === undefined ? { code, message } : { code, message, members });
