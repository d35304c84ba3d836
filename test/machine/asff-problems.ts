import { z } from 'zod';

// Lengths, patterns and values as the API reference and the user guide of AWS Security Hub have them:
// https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html
// https://docs.aws.amazon.com/securityhub/latest/userguide/asff-required-attributes.html
// https://docs.aws.amazon.com/securityhub/latest/userguide/asff-resourcedetails-other.html
const text = (most: number) => z.string().max(most).regex(/\S/);
const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/);
const url = z
  .string()
  .max(2048)
  .regex(/^https?:\/\//);

const NAMESPACES =
  /^(Software and Configuration Checks|TTPs|Effects|Unusual Behaviors|Sensitive Data Identifications)(\/[^/]+){0,2}$/;

const told = {
  Severity: z.strictObject({
    Label: z.enum(['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL']),
    Original: text(64),
  }),
  Types: z.array(z.string().regex(NAMESPACES)).min(1).max(50),
};

const asffFinding = z.strictObject({
  SchemaVersion: z.literal('2018-10-08'),
  Id: text(512),
  ProductArn: z
    .string()
    .max(2048)
    .regex(/^arn:aws(-cn|-us-gov)?:securityhub:[a-z0-9-]+:\d{12}:product\/\d{12}\/default$/),
  ProductName: text(128).optional(),
  CompanyName: text(128).optional(),
  GeneratorId: text(512),
  AwsAccountId: z.string().regex(/^\d{12}$/),
  AwsAccountName: text(50).optional(),
  ...told,
  FindingProviderFields: z.strictObject(told).optional(),
  FirstObservedAt: time.optional(),
  LastObservedAt: time.optional(),
  CreatedAt: time,
  UpdatedAt: time,
  Title: text(256),
  Description: text(1024),
  Remediation: z.strictObject({ Recommendation: z.strictObject({ Text: text(512), Url: url.optional() }) }).optional(),
  Compliance: z
    .strictObject({
      Status: z.enum(['PASSED', 'WARNING', 'FAILED', 'NOT_AVAILABLE']),
      RelatedRequirements: z.array(text(64)).max(32),
    })
    .optional(),
  Resources: z
    .array(
      z.strictObject({
        Type: text(256),
        Id: text(512),
        Partition: z.enum(['aws', 'aws-cn', 'aws-us-gov']),
        Region: text(16),
        Details: z.strictObject({ Other: z.record(text(127), z.string().max(1024)) }).optional(),
      }),
    )
    .min(1)
    .max(32),
  Workflow: z.strictObject({ Status: z.enum(['NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED']) }),
  RecordState: z.enum(['ACTIVE', 'ARCHIVED']),
  ProductFields: z.record(text(128), text(2048)).refine((fields) => Object.keys(fields).length <= 50),
  Note: z.strictObject({ Text: text(512), UpdatedBy: text(512), UpdatedAt: time }).optional(),
  VerificationState: z.enum(['UNKNOWN', 'TRUE_POSITIVE', 'FALSE_POSITIVE', 'BENIGN_POSITIVE']).optional(),
});

/** What `BatchImportFindings` would refuse of a finding; nothing: it takes it. */
export const asffProblems = (finding: unknown): readonly string[] => {
  const parsed = asffFinding.safeParse(finding);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `/${path.join('/')} ${message}`);
  const bytes = Buffer.byteLength(JSON.stringify(finding));
  return bytes > 240 * 1024 ? [...problems, `${bytes} bytes are more than 240 KB`] : problems;
};
