"""What AWS answers about policies: documents it refuses, versions, scopes, attachments, boundaries, simulation."""

import json
import unittest

from emulated_account import ACCOUNT, TRUST, EmulatedAccountTest, arn, policy, trust

SYNTAX = "Syntax errors in policy."
VENDOR = "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."
LEGACY = "The policy failed legacy parsing"
PATHS = (
    'IAM resource path must either be "*", root, or start with user/, federated-user/, role/, group/, instance-profile/, '
    "mfa/, server-certificate/, policy/, sms-mfa/, saml-provider/, oidc-provider/, report/, access-report/."
)


def document(statement, **members):
    return json.dumps({"Version": "2012-10-17", "Statement": statement, **members})


def statement(**members):
    return {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", **members}


def without(key, **members):
    return {name: value for name, value in statement(**members).items() if name != key}


REFUSED_DOCUMENTS = [
    ("", None),
    ("no JSON", SYNTAX),
    ("[]", SYNTAX),
    ('"text"', SYNTAX),
    ("{}", SYNTAX),
    (json.dumps({"Version": "2012-10-17"}), SYNTAX),
    (json.dumps({"Version": "2013-10-17", "Statement": statement()}), SYNTAX),
    (json.dumps({"Version": "2008-10-17", "Statement": statement()}), "Policy document must be version 2012-10-17 or greater."),
    (json.dumps({"Statement": statement()}), "Policy document must be version 2012-10-17 or greater."),
    (document(statement(), Extra="x"), SYNTAX),
    (document(statement(), Id={"a": "b"}), SYNTAX),
    (document(statement(Extra="x")), SYNTAX),
    (document([]), SYNTAX),
    (document([[]]), SYNTAX),
    (document("text"), SYNTAX),
    (document(statement(Effect=["Allow"])), SYNTAX),
    (document(without("Effect")), SYNTAX),
    (document(statement(NotAction="s3:PutObject")), SYNTAX),
    (document(statement(NotResource="*")), SYNTAX),
    (
        document(statement(Sid="with space")),
        "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
    ),
    (document(statement(Resource="arn:aws:s3::b")), LEGACY),
    (document([statement(Sid="a"), statement(Sid="a")]), "Statement IDs (SID) in a single policy must be unique."),
    (document(statement(Action="GetObject")), VENDOR),
    (document(statement(Action=["s3:GetObject", "invalid"])), VENDOR),
    (document(statement(Action="a a:GetObject")), "Vendor a a is not valid"),
    (document(statement(Action="s3:Get:Object")), "Actions/Condition can contain only one colon."),
    (document(statement(Action=[])), "Policy statement must contain actions."),
    (document(without("Action")), "Policy statement must contain actions."),
    (document(statement(Resource=[])), "Policy statement must contain resources."),
    (document(without("Resource")), "Policy statement must contain resources."),
    (document(statement(Resource="bucket")), 'Resource bucket must be in ARN format or "*".'),
    (document(statement(Resource=["*", ""])), 'Resource  must be in ARN format or "*".'),
    (document(statement(Resource="arn:error:s3:::b")), 'Partition "error" is not valid for resource "arn:error:s3:::b".'),
    (document(statement(Resource="arn:aws:s3:us-east-1::b")), "Resource arn:aws:s3:us-east-1::b can not contain region information."),
    (document(statement(Resource="arn:aws:iam::123456789012:cat/x")), PATHS),
    (document(statement(Principal="*")), "Policy document should not specify a principal."),
    (document(statement(NotPrincipal="*")), "Policy document should not specify a principal."),
    (document(statement(Condition="x")), SYNTAX),
    (document(statement(Condition={"x": {"aws:username": "a"}})), SYNTAX),
    (document(statement(Condition={"StringEquals": "x"})), SYNTAX),
]

ACCEPTED_DOCUMENTS = [
    document(statement()),
    document([statement(), statement(Sid="a"), statement(Sid="B1")]),
    document(statement(), Id="any text"),
    document(statement(Action="*")),
    document(statement(Action=["S3:GETOBJECT", "x:y", "s3:*Object*"])),
    document(statement(Resource=["arn:aws:s3:::b/*", "arn:*:s3:::b", "arn:aws:sqs:us-east-1:123456789012:q*"])),
    document(statement(Condition={})),
    document(statement(Condition={"StringLike": {"aws:username": ["a", "b*"]}, "Bool": {"aws:SecureTransport": True}})),
    document({"Effect": "Deny", "NotAction": "iam:*", "NotResource": "arn:aws:s3:::${aws:username}/*"}),
    "  " + document(statement()) + "\n",
]


class Documents(EmulatedAccountTest):
    def test_that_aws_refuses(self):
        self.iam.create_user(UserName="u")
        for text, message in REFUSED_DOCUMENTS:
            code = "MalformedPolicyDocument" if message else "ValidationError"
            with self.subTest(text), self.refused(code, 400, message):
                self.iam.create_policy(PolicyName="p", PolicyDocument=text)
            if message and "must be version" not in message:
                with self.subTest(text), self.refused(code, 400, message):
                    self.iam.put_user_policy(UserName="u", PolicyName="p", PolicyDocument=text)
        self.assertEqual(self.iam.list_policies(Scope="Local")["Policies"], [])
        self.assertEqual(self.iam.list_user_policies(UserName="u")["PolicyNames"], [])

    def test_that_aws_takes(self):
        self.iam.create_user(UserName="u")
        for number, text in enumerate(ACCEPTED_DOCUMENTS):
            with self.subTest(text):
                made = self.iam.create_policy(PolicyName=f"p{number}", PolicyDocument=text)["Policy"]
                version = self.iam.get_policy_version(PolicyArn=made["Arn"], VersionId="v1")["PolicyVersion"]
                self.assertEqual(version["Document"], json.loads(text))
                self.iam.put_user_policy(UserName="u", PolicyName=f"p{number}", PolicyDocument=text)
                found = self.iam.get_user_policy(UserName="u", PolicyName=f"p{number}")
                self.assertEqual(found["PolicyDocument"], json.loads(text))

    def test_of_trust(self):
        self.iam.create_role(RoleName="r", AssumeRolePolicyDocument=TRUST)
        for text, message in [
            ("{", "This policy contains invalid Json"),
            (document(statement()), None),
            (trust({"AWS": arn("user/nobody")}), f'Invalid principal in policy: "AWS":"{arn("user/nobody")}"'),
            (trust({"Service": "nothing"}), 'Invalid principal in policy: "SERVICE":"nothing"'),
            (
                document({"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole", "Resource": "*"}),
                "Has prohibited field Resource",
            ),
            (
                document({"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "s3:GetObject"}),
                "AssumeRole policy may only specify STS AssumeRole actions.",
            ),
        ]:
            with self.subTest(text), self.refused("MalformedPolicyDocument", 400, message):
                self.iam.update_assume_role_policy(RoleName="r", PolicyDocument=text)
            with self.subTest(text), self.refused("MalformedPolicyDocument", 400, message):
                self.iam.create_role(RoleName="s", AssumeRolePolicyDocument=text)
        self.assertEqual(self.iam.get_role(RoleName="r")["Role"]["AssumeRolePolicyDocument"], json.loads(TRUST))

    def test_that_are_too_long(self):
        long = policy(["s3:GetObject" + "x" * 100] * 70)
        self.iam.create_user(UserName="u")
        with self.refused("LimitExceeded", 409, "Cannot exceed quota for PolicySize: 6144"):
            self.iam.create_policy(PolicyName="p", PolicyDocument=long)
        with self.refused("LimitExceeded", 409, "Maximum policy size of 2048 bytes exceeded for user u"):
            self.iam.put_user_policy(UserName="u", PolicyName="p", PolicyDocument=long)
        with self.refused("LimitExceeded", 409, "Cannot exceed quota for ACLSizePerRole: 2048"):
            self.iam.create_role(
                RoleName="r", AssumeRolePolicyDocument=trust({"AWS": ACCOUNT}, Sid="x" * 2000)
            )


class ManagedPolicies(EmulatedAccountTest):
    def made(self, name="p", **arguments):
        return self.iam.create_policy(PolicyName=name, PolicyDocument=policy(), **arguments)["Policy"]

    def test_are_told_as_they_are_made(self):
        made = self.made(Path="/a/", Description="d", Tags=[{"Key": "k", "Value": "v"}])
        self.assertRegex(made["PolicyId"], r"^ANPA[A-Z2-7]{17}$")
        self.assertRecent(made["CreateDate"])
        self.assertEqual(made["CreateDate"], made["UpdateDate"])
        self.assertEqual(
            {name: value for name, value in made.items() if name not in ("PolicyId", "CreateDate", "UpdateDate")},
            {
                "PolicyName": "p",
                "Arn": arn("policy/a/p"),
                "Path": "/a/",
                "DefaultVersionId": "v1",
                "AttachmentCount": 0,
                "PermissionsBoundaryUsageCount": 0,
                "IsAttachable": True,
                "Tags": [{"Key": "k", "Value": "v"}],
            },
        )
        found = self.iam.get_policy(PolicyArn=made["Arn"])["Policy"]
        self.assertEqual(found, {**made, "Description": "d"})
        self.assertNotIn("Tags", self.iam.list_policies(Scope="Local")["Policies"][0])
        with self.refused("EntityAlreadyExists", 409, "A policy called p already exists. Duplicate names are not allowed."):
            self.made()

    def test_are_not_found_where_they_are_not(self):
        nothing = {"PolicyArn": arn("policy/nothing")}
        missing = f"Policy {arn('policy/nothing')} was not found."
        for call, arguments, message in [
            ("get_policy", nothing, missing),
            ("delete_policy", nothing, missing),
            ("list_entities_for_policy", nothing, missing),
            ("list_policy_versions", nothing, missing),
            ("create_policy_version", {**nothing, "PolicyDocument": policy()}, missing),
            ("get_policy_version", {**nothing, "VersionId": "v1"}, f"Policy {arn('policy/nothing')} version v1 does not exist or is not attachable."),
        ]:
            with self.subTest(call), self.refused("NoSuchEntity", 404, message):
                getattr(self.iam, call)(**arguments)
        made = self.made()
        with self.refused("NoSuchEntity", 404, f"Policy {made['Arn']} version v9 does not exist or is not attachable."):
            self.iam.get_policy_version(PolicyArn=made["Arn"], VersionId="v9")
        self.iam.create_user(UserName="u")
        with self.refused("NoSuchEntity", 404, f"Policy {arn('policy/nothing')} does not exist or is not attachable."):
            self.iam.attach_user_policy(UserName="u", **nothing)
        with self.refused("NoSuchEntity", 404, f"Policy {made['Arn']} was not found."):
            self.iam.detach_user_policy(UserName="u", PolicyArn=made["Arn"])
        with self.refused("ValidationError", 400, "ARN AdministratorAccess-by-name is not valid."):
            self.iam.attach_user_policy(UserName="u", PolicyArn="AdministratorAccess-by-name")

    def test_have_five_versions_at_most(self):
        arguments = {"PolicyArn": self.made()["Arn"], "PolicyDocument": policy()}
        made = [self.iam.create_policy_version(**arguments)["PolicyVersion"] for _ in range(4)]
        self.assertEqual([(one["VersionId"], one["IsDefaultVersion"]) for one in made], [(f"v{n}", False) for n in (2, 3, 4, 5)])
        self.assertNotIn("Document", made[0])
        limit = (
            "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing "
            "version."
        )
        with self.refused("LimitExceeded", 409, limit):
            self.iam.create_policy_version(**arguments)
        at = {"PolicyArn": arguments["PolicyArn"]}
        self.iam.delete_policy_version(**at, VersionId="v5")
        sixth = self.iam.create_policy_version(**arguments, SetAsDefault=True)["PolicyVersion"]
        self.assertEqual((sixth["VersionId"], sixth["IsDefaultVersion"]), ("v6", True))
        listed = self.iam.list_policy_versions(**at)["Versions"]
        self.assertEqual([one["VersionId"] for one in listed], ["v6", "v4", "v3", "v2", "v1"])
        self.assertNotIn("Document", listed[0])
        with self.refused("DeleteConflict", 409, "Cannot delete the default version of a policy."):
            self.iam.delete_policy_version(**at, VersionId="v6")
        with self.refused("ValidationError", 400, "1 validation error detected: Value at 'versionId' failed…"):
            self.iam.set_default_policy_version(**at, VersionId="six")
        many = (
            "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. "
            "The default version is deleted with the policy."
        )
        with self.refused("DeleteConflict", 409, many):
            self.iam.delete_policy(**at)

    def test_are_listed_by_scope_path_and_use(self):
        self.made("used", Path="/x/")
        self.made("bound", Path="/x/")
        self.made("spare")
        self.iam.create_user(UserName="u", PermissionsBoundary=arn("policy/x/bound"))
        self.iam.attach_user_policy(UserName="u", PolicyArn=arn("policy/x/used"))
        self.iam.attach_user_policy(UserName="u", PolicyArn="arn:aws:iam::aws:policy/job-function/Billing")
        names = lambda **arguments: sorted(self.names("list_policies", "Policies", "PolicyName", **arguments))
        self.assertEqual(names(Scope="Local"), ["bound", "spare", "used"])
        self.assertEqual(names(Scope="Local", PathPrefix="/x/"), ["bound", "used"])
        self.assertEqual(names(Scope="All", OnlyAttached=True), ["Billing", "bound", "used"])
        self.assertEqual(names(Scope="AWS", OnlyAttached=True), ["Billing"])
        self.assertEqual(names(OnlyAttached=True, PolicyUsageFilter="PermissionsBoundary"), ["bound"])
        self.assertEqual(names(OnlyAttached=True, PolicyUsageFilter="PermissionsPolicy"), ["Billing", "used"])
        self.assertEqual(len(names(Scope="All")), len(names(Scope="AWS")) + 3)
        billing = self.iam.get_policy(PolicyArn="arn:aws:iam::aws:policy/job-function/Billing")["Policy"]
        self.assertEqual((billing["AttachmentCount"], billing["Path"]), (1, "/job-function/"))
        with self.refused("ValidationError", 400, "1 validation error detected: Value at 'scope' failed…"):
            self.iam.list_policies(Scope="Mine")

    def test_of_aws_cannot_be_changed(self):
        read_only = {"PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}
        for call, arguments in [
            ("delete_policy", {}),
            ("create_policy_version", {"PolicyDocument": policy()}),
            ("tag_policy", {"Tags": [{"Key": "k", "Value": "v"}]}),
        ]:
            with self.subTest(call):
                try:
                    getattr(self.iam, call)(**read_only, **arguments)
                    self.fail("allowed")
                except self.iam.exceptions.ClientError as error:
                    self.assertIn(error.response["Error"]["Code"], ("AccessDenied", "InvalidInput"), error)

    def test_are_attached_once_and_counted(self):
        made = self.made()
        self.iam.create_user(UserName="u", Path="/x/")
        self.iam.create_group(GroupName="g")
        self.iam.create_role(RoleName="r", AssumeRolePolicyDocument=TRUST)
        at = {"PolicyArn": made["Arn"]}
        for _ in range(2):
            self.iam.attach_user_policy(UserName="u", **at)
        self.iam.attach_group_policy(GroupName="g", **at)
        self.iam.attach_role_policy(RoleName="r", **at)
        self.assertEqual(self.iam.get_policy(**at)["Policy"]["AttachmentCount"], 3)
        entities = self.iam.list_entities_for_policy(**at)
        self.assertEqual([one["UserName"] for one in entities["PolicyUsers"]], ["u"])
        self.assertEqual([one["GroupName"] for one in entities["PolicyGroups"]], ["g"])
        self.assertEqual([one["RoleName"] for one in entities["PolicyRoles"]], ["r"])
        self.assertRegex(entities["PolicyRoles"][0]["RoleId"], "^AROA")
        only = self.iam.list_entities_for_policy(**at, EntityFilter="Role")
        self.assertEqual((only["PolicyUsers"], len(only["PolicyRoles"])), ([], 1))
        self.assertEqual(len(self.iam.list_entities_for_policy(**at, PathPrefix="/x/")["PolicyUsers"]), 1)
        with self.refused("DeleteConflict", 409, "Cannot delete a policy attached to entities."):
            self.iam.delete_policy(**at)
        with self.refused("DeleteConflict", 409, "Cannot delete entity, must detach all policies first."):
            self.iam.delete_role(RoleName="r")
        for number in range(10):
            self.made(f"extra{number}")
        for number in range(9):
            self.iam.attach_role_policy(RoleName="r", PolicyArn=arn(f"policy/extra{number}"))
        with self.refused("LimitExceeded", 409, "Cannot exceed quota for PoliciesPerRole: 10"):
            self.iam.attach_role_policy(RoleName="r", PolicyArn=arn("policy/extra9"))


class Boundaries(EmulatedAccountTest):
    def test_are_managed_policies(self):
        self.iam.create_policy(PolicyName="bound", PolicyDocument=policy())
        for call, of in [("user", {"UserName": "u"}), ("role", {"RoleName": "r", "AssumeRolePolicyDocument": TRUST})]:
            create = getattr(self.iam, f"create_{call}")
            with self.refused("NoSuchEntity", 404, f"Scope ARN: {arn('policy/nothing')} does not exist or is not attachable."):
                create(**of, PermissionsBoundary=arn("policy/nothing"))
            with self.refused("InvalidInput", 400, "ARN bound-by-its-name-only is not valid."):
                create(**of, PermissionsBoundary="bound-by-its-name-only")
            made = create(**of, PermissionsBoundary=arn("policy/bound"))[call.capitalize()]
            bound = {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": arn("policy/bound")}
            self.assertEqual(made["PermissionsBoundary"], bound)
            name = {key: value for key, value in of.items() if key.endswith("Name")}
            get = getattr(self.iam, f"get_{call}")
            self.assertEqual(get(**name)[call.capitalize()]["PermissionsBoundary"], bound)
            getattr(self.iam, f"delete_{call}_permissions_boundary")(**name)
            self.assertNotIn("PermissionsBoundary", get(**name)[call.capitalize()])
            put = getattr(self.iam, f"put_{call}_permissions_boundary")
            put(**name, PermissionsBoundary="arn:aws:iam::aws:policy/ReadOnlyAccess")
            put(**name, PermissionsBoundary=arn("policy/bound"))
        self.assertEqual(self.iam.get_policy(PolicyArn=arn("policy/bound"))["Policy"]["PermissionsBoundaryUsageCount"], 2)
        with self.refused("DeleteConflict", 409):
            self.iam.delete_policy(PolicyArn=arn("policy/bound"))


class Simulation(EmulatedAccountTest):
    def decisions(self, answer):
        return [(one["EvalActionName"], one["EvalResourceName"], one["EvalDecision"]) for one in answer["EvaluationResults"]]

    def test_of_policies_that_nobody_has(self):
        answer = self.iam.simulate_custom_policy(
            PolicyInputList=[policy("s3:*", "arn:aws:s3:::b/*"), policy("s3:Delete*", effect="Deny")],
            ActionNames=["s3:GetObject", "s3:DeleteObject", "ec2:StartInstances"],
            ResourceArns=["arn:aws:s3:::b/k"],
        )
        self.assertFalse(answer["IsTruncated"])
        self.assertEqual(
            self.decisions(answer),
            [
                ("s3:GetObject", "arn:aws:s3:::b/k", "allowed"),
                ("s3:DeleteObject", "arn:aws:s3:::b/k", "explicitDeny"),
                ("ec2:StartInstances", "arn:aws:s3:::b/k", "implicitDeny"),
            ],
        )
        allowed, denied, _ = answer["EvaluationResults"]
        self.assertEqual(allowed["MatchedStatements"][0]["SourcePolicyId"], "PolicyInputList.1")
        self.assertEqual(allowed["MissingContextValues"], [])
        self.assertEqual([one["SourcePolicyId"] for one in denied["MatchedStatements"]], ["PolicyInputList.2"])

    def test_of_a_user_counts_groups_and_boundary(self):
        self.iam.create_user(UserName="u")
        self.iam.create_group(GroupName="g")
        self.iam.add_user_to_group(GroupName="g", UserName="u")
        self.iam.put_group_policy(GroupName="g", PolicyName="p", PolicyDocument=policy(["s3:GetObject", "s3:PutObject"]))
        simulate = lambda **more: self.iam.simulate_principal_policy(
            PolicySourceArn=arn("user/u"), ActionNames=["s3:GetObject", "s3:PutObject"], **more
        )
        self.assertEqual(self.decisions(simulate()), [("s3:GetObject", "*", "allowed"), ("s3:PutObject", "*", "allowed")])
        bound = simulate(PermissionsBoundaryPolicyInputList=[policy("s3:GetObject")])["EvaluationResults"]
        self.assertEqual([one["EvalDecision"] for one in bound], ["allowed", "implicitDeny"])
        self.assertEqual(
            [one["PermissionsBoundaryDecisionDetail"] for one in bound],
            [{"AllowedByPermissionsBoundary": True}, {"AllowedByPermissionsBoundary": False}],
        )
        with self.refused("NoSuchEntity", 404):
            self.iam.simulate_principal_policy(PolicySourceArn=arn("user/nobody"), ActionNames=["s3:GetObject"])

    def test_tells_which_context_keys_are_missing(self):
        conditional = policy("s3:GetObject", Condition={"StringEquals": {"aws:PrincipalTag/team": "web"}})
        keys = self.iam.get_context_keys_for_custom_policy(PolicyInputList=[conditional])["ContextKeyNames"]
        self.assertEqual(keys, ["aws:PrincipalTag/team"])
        ask = {"PolicyInputList": [conditional], "ActionNames": ["s3:GetObject"]}
        unknown = self.iam.simulate_custom_policy(**ask)["EvaluationResults"][0]
        self.assertEqual((unknown["EvalDecision"], unknown["MissingContextValues"]), ("implicitDeny", ["aws:PrincipalTag/team"]))
        entry = {"ContextKeyName": "aws:PrincipalTag/team", "ContextKeyType": "string", "ContextKeyValues": ["web"]}
        known = self.iam.simulate_custom_policy(**ask, ContextEntries=[entry])["EvaluationResults"][0]
        self.assertEqual((known["EvalDecision"], known["MissingContextValues"]), ("allowed", []))


if __name__ == "__main__":
    unittest.main()
