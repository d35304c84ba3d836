/** The error codes of the services around IAM; some services share a code. */
export type ServiceErrorCode =
  | AccessAnalyzerErrorCode
  | CloudTrailErrorCode
  | OrganizationsErrorCode
  | S3ErrorCode
  | ResourceErrorCode;

/** Source: AWS Organizations API Reference. */
type OrganizationsErrorCode =
  | 'AWSOrganizationsNotInUseException'
  | 'AccountAlreadyClosedException'
  | 'AccountAlreadyRegisteredException'
  | 'AccountNotFoundException'
  | 'AccountNotRegisteredException'
  | 'AlreadyInOrganizationException'
  | 'ChildNotFoundException'
  | 'ConstraintViolationException'
  | 'CreateAccountStatusNotFoundException'
  | 'DestinationParentNotFoundException'
  | 'DuplicateAccountException'
  | 'DuplicateHandshakeException'
  | 'DuplicateOrganizationalUnitException'
  | 'DuplicatePolicyAttachmentException'
  | 'DuplicatePolicyException'
  | 'EffectivePolicyNotFoundException'
  | 'HandshakeAlreadyInStateException'
  | 'HandshakeConstraintViolationException'
  | 'HandshakeNotFoundException'
  | 'InvalidHandshakeTransitionException'
  | 'InvalidInputException'
  | 'MalformedPolicyDocumentException'
  | 'MasterCannotLeaveOrganizationException'
  | 'OrganizationNotEmptyException'
  | 'OrganizationalUnitNotEmptyException'
  | 'OrganizationalUnitNotFoundException'
  | 'ParentNotFoundException'
  | 'PolicyInUseException'
  | 'PolicyNotAttachedException'
  | 'PolicyNotFoundException'
  | 'PolicyTypeAlreadyEnabledException'
  | 'PolicyTypeNotEnabledException'
  | 'ResourcePolicyNotFoundException'
  | 'RootNotFoundException'
  | 'SourceParentNotFoundException'
  | 'TargetNotFoundException';

/** Source: "Error responses", Amazon S3 API Reference. */
type S3ErrorCode =
  | 'BucketAlreadyExists'
  | 'BucketAlreadyOwnedByYou'
  | 'InvalidArgument'
  | 'InvalidBucketName'
  | 'InvalidRequest'
  | 'InvalidTag'
  | 'MalformedPolicy'
  | 'NoSuchBucket'
  | 'NoSuchBucketPolicy'
  | 'NoSuchPublicAccessBlockConfiguration'
  | 'NoSuchTagSet';

/** Of Lambda, KMS, SQS, SNS, Secrets Manager, ECR and DynamoDB. Source: the API reference of each. */
type ResourceErrorCode =
  | 'AlreadyExistsException'
  | 'InvalidAttributeName'
  | 'InvalidAttributeValue'
  | 'InvalidMarkerException'
  | 'InvalidNextTokenException'
  | 'InvalidParameter'
  | 'InvalidParameterException'
  | 'InvalidParameterValueException'
  | 'KMSInvalidStateException'
  | 'NotAuthorizedException'
  | 'NotFound'
  | 'NotFoundException'
  | 'QueueDoesNotExist'
  | 'QueueNameExists'
  | 'RepositoryAlreadyExistsException'
  | 'RepositoryNotFoundException'
  | 'RepositoryPolicyNotFoundException'
  | 'ResourceConflictException'
  | 'ResourceExistsException'
  | 'ResourceInUseException'
  | 'ResourceNotFound'
  | 'ResourceNotFoundException'
  | 'ValidationException';

/** Source: IAM Access Analyzer API Reference. */
type AccessAnalyzerErrorCode = 'ConflictException' | 'ServiceQuotaExceededException' | 'UnprocessableEntityException';

/** Source: `LookupEvents`, AWS CloudTrail API Reference. */
type CloudTrailErrorCode =
  | 'InvalidLookupAttributesException'
  | 'InvalidMaxResultsException'
  | 'InvalidTimeRangeException';
