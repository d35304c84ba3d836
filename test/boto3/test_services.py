"""What boto3 finds in the services around IAM: Organizations, Access Analyzer, STS, and resources with policies."""

import json
import time
import unittest
import urllib.error
import urllib.request

import boto3
from botocore.config import Config

from emulated_account import ACCOUNT, ENDPOINT, TRUST, EmulatedAccountTest, arn, client, policy, post, trust


def open_to(principal, action, resource):
    """A resource-based policy that lets in a principal."""
    statement = {"Effect": "Allow", "Principal": principal, "Action": action, "Resource": resource}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


class LastAccess(EmulatedAccountTest):
    def test_tells_what_was_called(self):
        self.iam.create_user(UserName="u")
        self.iam.attach_user_policy(UserName="u", PolicyArn="arn:aws:iam::aws:policy/IAMReadOnlyAccess")
        key = self.iam.create_access_key(UserName="u")["AccessKey"]
        client("iam", key).list_users()
        job = self.iam.generate_service_last_accessed_details(Arn=arn("user/u"))["JobId"]
        for _ in range(20):
            details = self.iam.get_service_last_accessed_details(JobId=job)
            if details["JobStatus"] == "COMPLETED":
                break
            time.sleep(0.05)
        self.assertEqual(details["JobStatus"], "COMPLETED")
        services = {one["ServiceNamespace"]: one for one in details["ServicesLastAccessed"]}
        self.assertEqual(services["iam"]["LastAuthenticatedEntity"], arn("user/u"))
        self.assertRecent(services["iam"]["LastAuthenticated"])
        granting = self.iam.list_policies_granting_service_access(Arn=arn("user/u"), ServiceNamespaces=["iam"])
        found = granting["PoliciesGrantingServiceAccess"][0]
        self.assertEqual((found["ServiceNamespace"], found["Policies"][0]["PolicyName"]), ("iam", "IAMReadOnlyAccess"))
        with self.refused("NoSuchEntity", 404):
            self.iam.get_service_last_accessed_details(JobId="00000000-0000-0000-0000-000000000000")


class Tokens(EmulatedAccountTest):
    def tearDown(self):
        post("/_vigil/enforce?after=inf")

    def test_of_keys_that_are_no_good(self):
        post("/_vigil/enforce?after=0")
        message = "The security token included in the request is invalid."
        for service, code in (("sts", "InvalidClientTokenId"), ("iam", "InvalidClientTokenId")):
            nobody = client(service, {"AccessKeyId": "AKIANOBODYNOBODY2222", "SecretAccessKey": "x"})
            with self.subTest(service), self.refused(code, 403, message):
                nobody.get_caller_identity() if service == "sts" else nobody.list_users()
        unknown = client("organizations", {"AccessKeyId": "AKIANOBODYNOBODY2222", "SecretAccessKey": "x"})
        with self.refused("UnrecognizedClientException", 400, message):
            unknown.describe_organization()

    def test_of_inactive_keys_and_wrong_secrets(self):
        self.iam.create_user(UserName="u")
        key = self.iam.create_access_key(UserName="u")["AccessKey"]
        post("/_vigil/enforce?after=1")
        self.iam.update_access_key(UserName="u", AccessKeyId=key["AccessKeyId"], Status="Inactive")
        with self.refused("InvalidClientTokenId", 403):
            client("sts", key).get_caller_identity()
        post("/_vigil/enforce?after=1")
        self.iam.update_access_key(UserName="u", AccessKeyId=key["AccessKeyId"], Status="Active")
        self.assertEqual(client("sts", key).get_caller_identity()["Arn"], arn("user/u"))
        with self.refused("SignatureDoesNotMatch", 403):
            client("sts", {**key, "SecretAccessKey": "wrong"}).get_caller_identity()

    def test_may_be_presigned(self):
        self.iam.create_user(UserName="u")
        key = self.iam.create_access_key(UserName="u")["AccessKey"]
        post("/_vigil/enforce?after=0")
        url = client("sts", key).generate_presigned_url("get_caller_identity", HttpMethod="GET")
        with urllib.request.urlopen(url) as answer:
            self.assertIn(f"<Arn>{arn('user/u')}</Arn>", answer.read().decode())
        with self.assertRaises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(url.replace("X-Amz-Signature=", "X-Amz-Signature=0"))
        self.assertEqual(caught.exception.code, 403)
        caught.exception.close()

    def test_tell_the_account_of_a_key(self):
        self.iam.create_user(UserName="u")
        key = self.iam.create_access_key(UserName="u")["AccessKey"]["AccessKeyId"]
        self.assertEqual(self.sts.get_access_key_info(AccessKeyId=key)["Account"], ACCOUNT)


class AnOrganization(EmulatedAccountTest):
    def setUp(self):
        super().setUp()
        self.organizations = client("organizations")

    def test_is_there_once_it_was_made(self):
        errors = self.organizations.exceptions
        with self.assertRaises(errors.AWSOrganizationsNotInUseException):
            self.organizations.describe_organization()
        made = self.organizations.create_organization(FeatureSet="ALL")["Organization"]
        self.assertRegex(made["Id"], r"^o-[a-z0-9]{10,32}$")
        self.assertEqual(made["MasterAccountId"], ACCOUNT)
        with self.assertRaises(errors.AlreadyInOrganizationException):
            self.organizations.create_organization()
        root = self.organizations.list_roots()["Roots"][0]
        self.assertRegex(root["Id"], r"^r-[a-z0-9]{4,32}$")
        unit = self.organizations.create_organizational_unit(ParentId=root["Id"], Name="prod")["OrganizationalUnit"]
        with self.assertRaises(errors.DuplicateOrganizationalUnitException):
            self.organizations.create_organizational_unit(ParentId=root["Id"], Name="prod")
        status = self.organizations.create_account(Email="a@example.com", AccountName="a")["CreateAccountStatus"]
        status = self.organizations.describe_create_account_status(CreateAccountRequestId=status["Id"])
        self.assertEqual(status["CreateAccountStatus"]["State"], "SUCCEEDED")
        member = status["CreateAccountStatus"]["AccountId"]
        self.organizations.move_account(AccountId=member, SourceParentId=root["Id"], DestinationParentId=unit["Id"])
        pages = self.organizations.get_paginator("list_accounts").paginate(PaginationConfig={"PageSize": 1})
        self.assertEqual({one["Id"] for page in pages for one in page["Accounts"]}, {ACCOUNT, member})
        self.assertEqual(self.organizations.list_parents(ChildId=member)["Parents"][0]["Id"], unit["Id"])
        with self.assertRaises(errors.AccountNotFoundException):
            self.organizations.describe_account(AccountId="999999999999")
        with self.assertRaises(errors.OrganizationalUnitNotEmptyException):
            self.organizations.delete_organizational_unit(OrganizationalUnitId=unit["Id"])

    def test_lets_its_management_account_into_the_others(self):
        self.organizations.create_organization()
        status = self.organizations.create_account(Email="a@example.com", AccountName="a")["CreateAccountStatus"]
        status = self.organizations.describe_create_account_status(CreateAccountRequestId=status["Id"])
        member = status["CreateAccountStatus"]["AccountId"]
        self.iam.create_user(UserName="admin")
        self.iam.put_user_policy(UserName="admin", PolicyName="p", PolicyDocument=policy("sts:AssumeRole"))
        key = self.iam.create_access_key(UserName="admin")["AccessKey"]
        role = f"arn:aws:iam::{member}:role/OrganizationAccountAccessRole"
        post("/_vigil/enforce?after=0")
        self.addCleanup(post, "/_vigil/enforce?after=inf")
        there = client("sts", key).assume_role(RoleArn=role, RoleSessionName="visit")["Credentials"]
        self.assertEqual(client("sts", there).get_caller_identity()["Account"], member)
        made = client("iam", there).create_user(UserName="guest")["User"]
        self.assertEqual(made["Arn"], f"arn:aws:iam::{member}:user/guest")
        post("/_vigil/enforce?after=inf")
        self.assertEqual([one["UserName"] for one in self.iam.list_users()["Users"]], ["admin"])
        with self.refused("AccessDenied", 403):
            client("sts", key).assume_role(RoleArn=f"arn:aws:iam::{member}:role/Nothing", RoleSessionName="visit")

    def test_has_policies(self):
        errors = self.organizations.exceptions
        self.organizations.create_organization()
        root = self.organizations.list_roots()["Roots"][0]["Id"]
        made = {"Content": policy("s3:*", effect="Deny"), "Description": "d", "Name": "n", "Type": "SERVICE_CONTROL_POLICY"}
        try:
            self.organizations.enable_policy_type(RootId=root, PolicyType="SERVICE_CONTROL_POLICY")
        except errors.PolicyTypeAlreadyEnabledException:
            pass
        scp = self.organizations.create_policy(**made)["Policy"]["PolicySummary"]
        self.assertRegex(scp["Id"], r"^p-[a-z0-9]{8,128}$")
        with self.assertRaises(errors.DuplicatePolicyException):
            self.organizations.create_policy(**made)
        with self.assertRaises(errors.MalformedPolicyDocumentException):
            self.organizations.create_policy(**{**made, "Name": "m", "Content": "{"})
        self.organizations.attach_policy(PolicyId=scp["Id"], TargetId=root)
        with self.assertRaises(errors.DuplicatePolicyAttachmentException):
            self.organizations.attach_policy(PolicyId=scp["Id"], TargetId=root)
        with self.assertRaises(errors.PolicyInUseException):
            self.organizations.delete_policy(PolicyId=scp["Id"])
        listed = self.organizations.list_policies_for_target(TargetId=root, Filter="SERVICE_CONTROL_POLICY")["Policies"]
        self.assertEqual({one["Id"] for one in listed}, {scp["Id"], "p-FullAWSAccess"})
        with self.assertRaises(errors.PolicyNotFoundException):
            self.organizations.describe_policy(PolicyId="p-00000000")


class AccessAnalyzer(EmulatedAccountTest):
    def test_finds_a_role_that_is_open(self):
        analyzer = client("accessanalyzer")
        self.iam.create_role(RoleName="open", AssumeRolePolicyDocument=trust({"AWS": "*"}))
        made = analyzer.create_analyzer(analyzerName="a", type="ACCOUNT")["arn"]
        self.assertEqual(made, f"arn:aws:access-analyzer:us-east-1:{ACCOUNT}:analyzer/a")
        with self.assertRaises(analyzer.exceptions.ConflictException):
            analyzer.create_analyzer(analyzerName="a", type="ACCOUNT")
        found = analyzer.get_analyzer(analyzerName="a")["analyzer"]
        self.assertEqual((found["status"], found["type"]), ("ACTIVE", "ACCOUNT"))
        findings = [one for page in analyzer.get_paginator("list_findings").paginate(analyzerArn=made) for one in page["findings"]]
        self.assertEqual([(one["resource"], one["isPublic"], one["status"]) for one in findings], [(arn("role/open"), True, "ACTIVE")])
        found = analyzer.get_finding(analyzerArn=made, id=findings[0]["id"])["finding"]
        self.assertEqual((found["principal"], found["action"]), ({"AWS": "*"}, ["sts:AssumeRole"]))
        with self.assertRaises(analyzer.exceptions.ResourceNotFoundException):
            analyzer.get_analyzer(analyzerName="b")
        analyzer.delete_analyzer(analyzerName="a")


class ResourcePolicies(EmulatedAccountTest):
    def test_of_buckets(self):
        s3 = boto3.client(
            "s3",
            endpoint_url=ENDPOINT,
            region_name="us-east-1",
            aws_access_key_id="AKIAANYBODYS22222222",
            aws_secret_access_key="emulated",
            config=Config(s3={"addressing_style": "path"}),
        )
        s3.create_bucket(Bucket="reports")
        with self.refused("NoSuchBucketPolicy", 404, "The bucket policy does not exist"):
            s3.get_bucket_policy(Bucket="reports")
        s3.put_public_access_block(Bucket="reports", PublicAccessBlockConfiguration={"BlockPublicPolicy": False})
        document = open_to({"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "s3:GetObject", "arn:aws:s3:::reports/*")
        s3.put_bucket_policy(Bucket="reports", Policy=document)
        self.assertEqual(json.loads(s3.get_bucket_policy(Bucket="reports")["Policy"]), json.loads(document))
        self.assertFalse(s3.get_bucket_policy_status(Bucket="reports")["PolicyStatus"]["IsPublic"])
        with self.refused("MalformedPolicy", 400):
            s3.put_bucket_policy(Bucket="reports", Policy="{}")
        self.assertEqual([one["Name"] for one in s3.list_buckets()["Buckets"]], ["reports"])
        s3.delete_bucket_policy(Bucket="reports")
        s3.delete_bucket(Bucket="reports")
        with self.refused("NoSuchBucket", 404, "The specified bucket does not exist"):
            s3.get_bucket_policy(Bucket="reports")

    def test_of_keys_queues_and_topics(self):
        root = {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}
        kms = client("kms")
        key = kms.create_key(Policy=open_to(root, "kms:*", "*"))["KeyMetadata"]
        self.assertEqual(key["Arn"], f"arn:aws:kms:us-east-1:{ACCOUNT}:key/{key['KeyId']}")
        found = kms.get_key_policy(KeyId=key["KeyId"], PolicyName="default")["Policy"]
        self.assertEqual(json.loads(found), json.loads(open_to(root, "kms:*", "*")))
        with self.assertRaises(kms.exceptions.NotFoundException):
            kms.describe_key(KeyId="00000000-0000-0000-0000-000000000000")

        sqs = client("sqs")
        queue = sqs.create_queue(QueueName="jobs")["QueueUrl"]
        self.assertTrue(queue.endswith(f"/{ACCOUNT}/jobs"), queue)
        arns = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]
        self.assertEqual(arns, {"QueueArn": f"arn:aws:sqs:us-east-1:{ACCOUNT}:jobs"})
        allowed = open_to(root, "sqs:SendMessage", arns["QueueArn"])
        sqs.set_queue_attributes(QueueUrl=queue, Attributes={"Policy": allowed})
        told = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["Policy"])["Attributes"]["Policy"]
        self.assertEqual(json.loads(told), json.loads(allowed))
        with self.assertRaises(sqs.exceptions.QueueDoesNotExist):
            sqs.get_queue_url(QueueName="nothing")

        sns = client("sns")
        topic = sns.create_topic(Name="news")["TopicArn"]
        self.assertEqual(topic, f"arn:aws:sns:us-east-1:{ACCOUNT}:news")
        allowed = open_to(root, "sns:Publish", topic)
        sns.set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=allowed)
        self.assertEqual(json.loads(sns.get_topic_attributes(TopicArn=topic)["Attributes"]["Policy"]), json.loads(allowed))
        with self.assertRaises(sns.exceptions.NotFoundException):
            sns.get_topic_attributes(TopicArn=topic + "-nothing")

    def test_of_functions_secrets_and_repositories(self):
        aws_lambda = client("lambda")
        self.iam.create_role(RoleName="fn", AssumeRolePolicyDocument=trust({"Service": "lambda.amazonaws.com"}))
        made = aws_lambda.create_function(
            FunctionName="f", Role=arn("role/fn"), Runtime="python3.11", Handler="a.b", Code={"ZipFile": b"zip"}
        )
        self.assertEqual(made["FunctionArn"], f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:f")
        with self.assertRaises(aws_lambda.exceptions.ResourceNotFoundException):
            aws_lambda.get_policy(FunctionName="f")
        aws_lambda.add_permission(
            FunctionName="f", StatementId="s", Action="lambda:InvokeFunction", Principal="s3.amazonaws.com"
        )
        statement = json.loads(aws_lambda.get_policy(FunctionName="f")["Policy"])["Statement"][0]
        self.assertEqual((statement["Sid"], statement["Principal"]), ("s", {"Service": "s3.amazonaws.com"}))

        secrets = client("secretsmanager")
        secret = secrets.create_secret(Name="db", SecretString="x")
        self.assertRegex(secret["ARN"], rf"^arn:aws:secretsmanager:us-east-1:{ACCOUNT}:secret:db-[A-Za-z0-9]{{6}}$")
        allowed = open_to({"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "secretsmanager:GetSecretValue", "*")
        secrets.put_resource_policy(SecretId="db", ResourcePolicy=allowed)
        self.assertEqual(json.loads(secrets.get_resource_policy(SecretId="db")["ResourcePolicy"]), json.loads(allowed))
        with self.assertRaises(secrets.exceptions.ResourceNotFoundException):
            secrets.describe_secret(SecretId="nothing")

        ecr = client("ecr")
        repository = ecr.create_repository(repositoryName="app")["repository"]
        self.assertEqual(repository["repositoryArn"], f"arn:aws:ecr:us-east-1:{ACCOUNT}:repository/app")
        with self.assertRaises(ecr.exceptions.RepositoryPolicyNotFoundException):
            ecr.get_repository_policy(repositoryName="app")
        with self.assertRaises(ecr.exceptions.RepositoryAlreadyExistsException):
            ecr.create_repository(repositoryName="app")


class Events(EmulatedAccountTest):
    def test_tell_what_was_called(self):
        self.iam.create_user(UserName="u")
        trail = client("cloudtrail")
        found = trail.lookup_events(LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": "CreateUser"}])
        self.assertGreaterEqual(len(found["Events"]), 1)
        event = found["Events"][0]
        self.assertEqual((event["EventSource"], event["EventName"]), ("iam.amazonaws.com", "CreateUser"))
        self.assertEqual(json.loads(event["CloudTrailEvent"])["requestParameters"]["userName"], "u")


if __name__ == "__main__":
    unittest.main()
