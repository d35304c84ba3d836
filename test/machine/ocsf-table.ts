/**
 * What OCSF 1.6.0 says of the classes and objects that Vigil writes, distilled from the classes and objects of
 * version 1.6.0 as github.com/mcm/pydantic-ocsf and github.com/mcm/typescript-ocsf keep them, and `at_least_one` of `user` from a
 * later state of github.com/ocsf/ocsf-schema (browsable at https://schema.ocsf.io/1.6.0/classes/iam_analysis_finding). Attributes that Vigil has no use for
 * are left out, deprecated ones too, so that whoever writes one has to look it up first.
 *
 * A type is `string`, `integer`, `timestamp` (milliseconds), `boolean`, `json`, an object's name or `enum`; `[]` after it is a
 * list, `!` after that: it is required.
 */
export interface OcsfShape {
  readonly attributes: Readonly<Record<string, string>>;
  /** Values by attribute, with their captions; 0 `Unknown` and 99 `Other` are in the dictionary for most. */
  readonly enums?: Readonly<Record<string, Readonly<Record<number, string>>>>;
  readonly atLeastOne?: readonly string[];
}

/** Which attribute holds the caption of which. */
export const OCSF_SIBLINGS: Readonly<Record<string, string>> = {
  activity_id: 'activity_name',
  category_uid: 'category_name',
  class_uid: 'class_name',
  type_uid: 'type_name',
  severity_id: 'severity',
  status_id: 'status',
  confidence_id: 'confidence',
  type_id: 'type',
};

const UNKNOWN_AND_OTHER = { 0: 'Unknown', 99: 'Other' } as const;

const FINDING: OcsfShape = {
  attributes: {
    activity_id: 'enum!',
    activity_name: 'string',
    category_uid: 'enum!',
    category_name: 'string',
    class_uid: 'enum!',
    class_name: 'string',
    type_uid: 'integer!',
    type_name: 'string',
    time: 'timestamp!',
    start_time: 'timestamp',
    end_time: 'timestamp',
    severity_id: 'enum!',
    severity: 'string',
    status_id: 'enum',
    status: 'string',
    status_code: 'string',
    status_detail: 'string',
    confidence_id: 'enum',
    confidence: 'string',
    confidence_score: 'integer',
    message: 'string',
    comment: 'string',
    metadata: 'metadata!',
    // The profile `cloud` requires it.
    cloud: 'cloud!',
    finding_info: 'finding_info!',
    raw_data: 'string',
    unmapped: 'json',
  },
  enums: {
    activity_id: { ...UNKNOWN_AND_OTHER, 1: 'Create', 2: 'Update', 3: 'Close' },
    category_uid: { 2: 'Findings' },
    severity_id: {
      ...UNKNOWN_AND_OTHER,
      1: 'Informational',
      2: 'Low',
      3: 'Medium',
      4: 'High',
      5: 'Critical',
      6: 'Fatal',
    },
    status_id: {
      ...UNKNOWN_AND_OTHER,
      1: 'New',
      2: 'In Progress',
      3: 'Suppressed',
      4: 'Resolved',
      5: 'Archived',
      6: 'Deleted',
    },
    confidence_id: { ...UNKNOWN_AND_OTHER, 1: 'Low', 2: 'Medium', 3: 'High' },
  },
};

const classOf = (
  uid: number,
  caption: string,
  attributes: Readonly<Record<string, string>>,
  atLeastOne: readonly string[] = [],
): OcsfShape => ({
  attributes: { ...FINDING.attributes, ...attributes },
  enums: { ...FINDING.enums, class_uid: { [uid]: caption } },
  atLeastOne,
});

/** The classes by their uid. */
export const OCSF_CLASSES: Readonly<Record<number, OcsfShape>> = {
  2003: classOf(2003, 'Compliance Finding', {
    compliance: 'compliance!',
    remediation: 'remediation',
    resources: 'resource_details[]',
  }),
  2004: classOf(2004, 'Detection Finding', {
    is_alert: 'boolean',
    remediation: 'remediation',
    resources: 'resource_details[]',
    risk_score: 'integer',
  }),
  2008: classOf(
    2008,
    'IAM Analysis Finding',
    {
      access_analysis_result: 'access_analysis_result',
      identity_activity_metrics: 'identity_activity_metrics',
      permission_analysis_results: 'permission_analysis_result[]',
      remediation: 'remediation',
      resources: 'resource_details[]',
      user: 'user',
    },
    // 1.6.0 counts `applications` too, later versions do not.
    ['access_analysis_result', 'identity_activity_metrics', 'permission_analysis_results'],
  ),
};

const ENTITY = ['name', 'uid'] as const;

/** The objects by name. */
export const OCSF_OBJECTS: Readonly<Record<string, OcsfShape>> = {
  metadata: {
    attributes: {
      version: 'string!',
      product: 'product!',
      profiles: 'string[]',
      uid: 'string',
      correlation_uid: 'string',
      event_code: 'string',
      labels: 'string[]',
    },
  },
  product: {
    attributes: { name: 'string', uid: 'string', vendor_name: 'string', version: 'string', url_string: 'string' },
    atLeastOne: ENTITY,
  },
  cloud: {
    attributes: { provider: 'string!', account: 'account', cloud_partition: 'string', region: 'string' },
  },
  account: {
    attributes: { uid: 'string', name: 'string', type_id: 'enum', type: 'string', labels: 'string[]' },
    enums: { type_id: { ...UNKNOWN_AND_OTHER, 10: 'AWS Account' } },
    atLeastOne: ENTITY,
  },
  finding_info: {
    attributes: {
      uid: 'string!',
      title: 'string',
      desc: 'string',
      types: 'string[]',
      created_time: 'timestamp',
      modified_time: 'timestamp',
      first_seen_time: 'timestamp',
      last_seen_time: 'timestamp',
      analytic: 'analytic',
      data_sources: 'string[]',
      src_url: 'string',
    },
  },
  analytic: {
    attributes: {
      uid: 'string',
      name: 'string',
      desc: 'string',
      category: 'string',
      type_id: 'enum!',
      type: 'string',
      version: 'string',
    },
    enums: { type_id: { ...UNKNOWN_AND_OTHER, 1: 'Rule', 2: 'Behavioral', 3: 'Statistical' } },
    atLeastOne: ENTITY,
  },
  resource_details: {
    attributes: {
      uid: 'string',
      uid_alt: 'string',
      name: 'string',
      type: 'string',
      cloud_partition: 'string',
      region: 'string',
      owner: 'user',
      labels: 'string[]',
      data: 'json',
    },
    atLeastOne: ENTITY,
  },
  user: {
    attributes: {
      uid: 'string',
      uid_alt: 'string',
      name: 'string',
      account: 'account',
      credential_uid: 'string',
      has_mfa: 'boolean',
      type_id: 'enum',
      type: 'string',
    },
    enums: { type_id: { ...UNKNOWN_AND_OTHER, 1: 'User', 2: 'Admin', 3: 'System', 4: 'Service' } },
    atLeastOne: ['account', 'name', 'uid'],
  },
  remediation: { attributes: { desc: 'string!', references: 'string[]' } },
  compliance: {
    attributes: {
      standards: 'string[]',
      control: 'string',
      requirements: 'string[]',
      checks: 'check[]',
      category: 'string',
      desc: 'string',
      status_id: 'enum',
      status: 'string',
      status_code: 'string',
      status_details: 'string[]',
    },
    enums: { status_id: { ...UNKNOWN_AND_OTHER, 1: 'Pass', 2: 'Warning', 3: 'Fail' } },
  },
  check: {
    attributes: {
      uid: 'string',
      name: 'string',
      desc: 'string',
      standards: 'string[]',
      status_id: 'enum',
      status: 'string',
      version: 'string',
    },
    enums: { status_id: { ...UNKNOWN_AND_OTHER, 1: 'Pass', 2: 'Warning', 3: 'Fail' } },
    atLeastOne: ENTITY,
  },
  access_analysis_result: {
    attributes: {
      accessors: 'user[]!',
      access_type: 'string',
      access_level: 'string',
      granted_privileges: 'string[]',
    },
  },
  permission_analysis_result: {
    attributes: {
      policy: 'policy',
      granted_privileges: 'string[]',
      unused_privileges_count: 'integer',
      unused_services_count: 'integer',
    },
  },
  policy: {
    attributes: { name: 'string', uid: 'string', type: 'string', desc: 'string', version: 'string' },
    atLeastOne: ENTITY,
  },
  identity_activity_metrics: {
    attributes: {
      first_seen_time: 'timestamp',
      last_seen_time: 'timestamp',
      last_authentication_time: 'timestamp',
      password_last_used_time: 'timestamp',
      programmatic_credentials: 'programmatic_credential[]',
    },
  },
  programmatic_credential: { attributes: { uid: 'string!', type: 'string', last_used_time: 'timestamp' } },
};
