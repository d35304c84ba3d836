"""A session of an administrator with boto3: clients, waiters, paginators, resources, error classes, STS."""

import json
import unittest

import boto3
from botocore.exceptions import WaiterError

from emulated_account import ACCOUNT, ENDPOINT, TRUST, EmulatedAccountTest, arn, client, policy, post, trust

QUICK = {"Delay": 1, "MaxAttempts": 1}


class Waiters(EmulatedAccountTest):
    def test_return_once_the_entity_is_there(self):
        self.iam.create_user(UserName="alice")
        self.iam.create_role(RoleName="app", AssumeRolePolicyDocument=TRUST)
        made = self.iam.create_policy(PolicyName="read", PolicyDocument=policy())["Policy"]
        self.iam.create_instance_profile(InstanceProfileName="app")
        self.iam.get_waiter("user_exists").wait(UserName="alice", WaiterConfig=QUICK)
        self.iam.get_waiter("role_exists").wait(RoleName="app", WaiterConfig=QUICK)
        self.iam.get_waiter("policy_exists").wait(PolicyArn=made["Arn"], WaiterConfig=QUICK)
        self.iam.get_waiter("instance_profile_exists").wait(InstanceProfileName="app", WaiterConfig=QUICK)

    def test_give_up_on_what_is_not_there(self):
        for waiter, input in [
            ("user_exists", {"UserName": "nobody"}),
            ("role_exists", {"RoleName": "nothing"}),
            ("policy_exists", {"PolicyArn": arn("policy/nothing")}),
            ("instance_profile_exists", {"InstanceProfileName": "nothing"}),
        ]:
            with self.subTest(waiter), self.assertRaisesRegex(WaiterError, "Max attempts exceeded"):
                self.iam.get_waiter(waiter).wait(**input, WaiterConfig=QUICK)


class Paginators(EmulatedAccountTest):
    def test_walk_every_list(self):
        users = [f"user-{number:02}" for number in range(23)]
        for user in users:
            self.iam.create_user(UserName=user, Path="/staff/" if user < "user-10" else "/")
        paginator = self.iam.get_paginator("list_users")
        pages = list(paginator.paginate(PaginationConfig={"PageSize": 10}))
        self.assertEqual([len(page["Users"]) for page in pages], [10, 10, 3])
        self.assertEqual([page["IsTruncated"] for page in pages], [True, True, False])
        self.assertEqual([user["UserName"] for page in pages for user in page["Users"]], users)
        self.assertEqual(self.names("list_users", "Users", "UserName", PathPrefix="/staff/"), users[:10])
        some = paginator.paginate(PaginationConfig={"MaxItems": 7, "PageSize": 3}).build_full_result()
        self.assertEqual([user["UserName"] for user in some["Users"]], users[:7])
        rest = paginator.paginate(PaginationConfig={"StartingToken": some["NextToken"]}).build_full_result()
        self.assertEqual([user["UserName"] for user in rest["Users"]], users[7:])
        self.assertNotIn("NextToken", rest)
        self.assertEqual(list(paginator.paginate().search("Users[?UserName=='user-05'].Path")), ["/staff/"])

    def test_walk_the_members_of_a_group(self):
        self.iam.create_group(GroupName="staff")
        users = [f"u{number}" for number in range(5)]
        for user in users:
            self.iam.create_user(UserName=user)
            self.iam.add_user_to_group(GroupName="staff", UserName=user)
        paginator = self.iam.get_paginator("get_group")
        pages = list(paginator.paginate(GroupName="staff", PaginationConfig={"PageSize": 2}))
        self.assertEqual([user["UserName"] for page in pages for user in page["Users"]], users)
        self.assertEqual({page["Group"]["GroupName"] for page in pages}, {"staff"})

    def test_walk_the_authorization_details(self):
        for number in range(12):
            self.iam.create_role(RoleName=f"r{number}", AssumeRolePolicyDocument=TRUST)
            self.iam.create_user(UserName=f"u{number}")
        pages = self.iam.get_paginator("get_account_authorization_details").paginate(PaginationConfig={"PageSize": 5})
        whole = pages.build_full_result()
        self.assertEqual(sorted(user["UserName"] for user in whole["UserDetailList"]), sorted(f"u{n}" for n in range(12)))
        self.assertEqual(sorted(role["RoleName"] for role in whole["RoleDetailList"]), sorted(f"r{n}" for n in range(12)))
        self.assertEqual(whole["RoleDetailList"][0]["AssumeRolePolicyDocument"], json.loads(TRUST))

    def test_walk_the_policies_of_aws(self):
        every = self.names("list_policies", "Policies", "Arn", Scope="AWS")
        self.assertGreater(len(every), 1000)
        self.assertEqual(len(set(every)), len(every))
        self.assertIn("arn:aws:iam::aws:policy/AdministratorAccess", every)


class Resources(EmulatedAccountTest):
    def setUp(self):
        super().setUp()
        self.resource = boto3.resource(
            "iam",
            endpoint_url=ENDPOINT,
            region_name="us-east-1",
            aws_access_key_id="AKIAANYBODYS22222222",
            aws_secret_access_key="emulated",
        )

    def test_make_and_read_a_user(self):
        user = self.resource.create_user(UserName="alice", Path="/staff/", Tags=[{"Key": "team", "Value": "web"}])
        self.assertEqual(user.arn, arn("user/staff/alice"))
        again = self.resource.User("alice")
        self.assertEqual((again.path, again.user_id, again.tags), ("/staff/", user.user_id, [{"Key": "team", "Value": "web"}]))
        self.assertRecent(again.create_date)
        self.assertIsNone(again.password_last_used)
        group = self.resource.create_group(GroupName="staff")
        group.add_user(UserName="alice")
        self.assertEqual([member.name for member in group.users.all()], ["alice"])
        self.assertEqual([one.name for one in again.groups.all()], ["staff"])
        user.create_policy(PolicyName="own", PolicyDocument=policy())
        self.assertEqual(self.resource.UserPolicy("alice", "own").policy_document, json.loads(policy()))
        pair = user.create_access_key_pair()
        self.assertRegex(pair.id, r"^AKIA[A-Z2-7]{16}$")
        self.assertRegex(pair.secret, r"^[A-Za-z0-9+/]{40}$")
        self.assertEqual([(key.id, key.status) for key in user.access_keys.all()], [(pair.id, "Active")])
        pair.deactivate()
        self.assertEqual([key.status for key in user.access_keys.all()], ["Inactive"])
        again.update(NewUserName="alicia")
        renamed = self.resource.User("alicia")
        self.assertEqual(renamed.arn, arn("user/staff/alicia"))
        self.assertEqual([one.name for one in renamed.groups.all()], ["staff"])
        with self.refused("DeleteConflict", 409):
            renamed.delete()
        self.resource.AccessKey("alicia", pair.id).delete()
        self.resource.UserPolicy("alicia", "own").delete()
        group.remove_user(UserName="alicia")
        renamed.delete()
        self.assertEqual(list(self.resource.users.all()), [])

    def test_make_and_read_roles_and_policies(self):
        made = self.resource.create_policy(PolicyName="read", PolicyDocument=policy())
        role = self.resource.create_role(RoleName="app", AssumeRolePolicyDocument=TRUST, Description="the app")
        role.attach_policy(PolicyArn=made.arn)
        self.assertEqual([one.arn for one in role.attached_policies.all()], [made.arn])
        self.assertEqual([one.name for one in made.attached_roles.all()], ["app"])
        version = made.create_version(PolicyDocument=policy("s3:PutObject"), SetAsDefault=True)
        self.assertEqual(version.version_id, "v2")
        made.reload()
        self.assertEqual((made.default_version_id, made.attachment_count), ("v2", 1))
        self.assertEqual(made.default_version.document["Statement"][0]["Action"], "s3:PutObject")
        self.assertEqual(sorted(one.version_id for one in made.versions.all()), ["v1", "v2"])
        profile = self.resource.create_instance_profile(InstanceProfileName="app")
        profile.add_role(RoleName="app")
        self.assertEqual([one.name for one in self.resource.InstanceProfile("app").roles], ["app"])
        self.assertEqual([one.name for one in role.instance_profiles.all()], ["app"])
        self.assertEqual(role.assume_role_policy_document, json.loads(TRUST))
        self.assertEqual(self.resource.AccountSummary().summary_map["Roles"], 1)
        self.assertEqual(self.resource.CurrentUser().arn, arn("root"))

    def test_read_the_password_policy(self):
        self.resource.create_account_password_policy(MinimumPasswordLength=14, MaxPasswordAge=90)
        found = self.resource.AccountPasswordPolicy()
        self.assertEqual((found.minimum_password_length, found.max_password_age, found.expire_passwords), (14, 90, True))
        found.delete()
        with self.refused("NoSuchEntity", 404, f"The Password Policy with domain name {ACCOUNT} cannot be found."):
            self.resource.AccountPasswordPolicy().load()


class ErrorClasses(EmulatedAccountTest):
    def test_are_those_of_the_model(self):
        errors = self.iam.exceptions
        with self.assertRaises(errors.NoSuchEntityException) as caught:
            self.iam.get_user(UserName="nobody")
        self.assertEqual(caught.exception.response["Error"]["Type"], "Sender")
        self.assertRegex(caught.exception.response["ResponseMetadata"]["RequestId"], r"^[0-9a-f-]{36}$")
        self.iam.create_user(UserName="alice")
        with self.assertRaises(errors.EntityAlreadyExistsException):
            self.iam.create_user(UserName="ALICE")
        self.iam.create_access_key(UserName="alice")
        with self.assertRaises(errors.DeleteConflictException):
            self.iam.delete_user(UserName="alice")
        self.iam.create_access_key(UserName="alice")
        with self.assertRaises(errors.LimitExceededException):
            self.iam.create_access_key(UserName="alice")
        with self.assertRaises(errors.MalformedPolicyDocumentException):
            self.iam.put_user_policy(UserName="alice", PolicyName="p", PolicyDocument="{")
        with self.assertRaises(errors.InvalidInputException):
            self.iam.put_user_permissions_boundary(UserName="alice", PermissionsBoundary="AdministratorAccess-by-name")
        self.iam.update_account_password_policy(MinimumPasswordLength=20)
        with self.assertRaises(errors.PasswordPolicyViolationException):
            self.iam.create_login_profile(UserName="alice", Password="short")
        with self.assertRaises(errors.CredentialReportNotPresentException):
            self.iam.get_credential_report()
        with self.assertRaises(errors.UnmodifiableEntityException):
            role = self.iam.create_service_linked_role(AWSServiceName="ecs.amazonaws.com")["Role"]
            self.iam.attach_role_policy(RoleName=role["RoleName"], PolicyArn="arn:aws:iam::aws:policy/ReadOnlyAccess")
        with self.assertRaises(self.sts.exceptions.MalformedPolicyDocumentException):
            self.iam.create_role(RoleName="open", AssumeRolePolicyDocument=trust({"AWS": ACCOUNT}))
            user = self.iam.create_user(UserName="caller")["User"]["UserName"]
            key = self.iam.create_access_key(UserName=user)["AccessKey"]
            client("sts", key).assume_role(RoleArn=arn("role/open"), RoleSessionName="se", Policy="{}")

    def test_of_constraints_are_told_all_at_once(self):
        with self.refused(
            "ValidationError",
            400,
            "2 validation errors detected: Value at 'path' failed to satisfy constraint: Member must have "
            "length less than or equal to 512; Value at 'tags.1.member.key' failed to satisfy "
            "constraint: Member must have length less than or equal to 128",
        ):
            self.iam.create_user(UserName="alice", Path="p" * 513, Tags=[{"Key": "k" * 129, "Value": "v"}])
        with self.refused(
            "ValidationError",
            400,
            "The specified value for userName is invalid. It must contain only alphanumeric characters and/or the "
            "following: +=,.@_-",
        ):
            self.iam.create_user(UserName="a b")


    def test_are_told_of_texts_that_xml_cannot_hold(self):
        with self.refused("ValidationError", 400, "1 validation error detected: Value at 'description' failed…"):
            self.iam.create_role(RoleName="r", AssumeRolePolicyDocument=TRUST, Description="\u0001")


class Sessions(EmulatedAccountTest):
    def tearDown(self):
        post("/_vigil/enforce?after=inf")

    def caller(self, name, *statements):
        """Keys of a new user that may assume roles, and what else is given."""
        self.iam.create_user(UserName=name)
        for number, document in enumerate(statements):
            self.iam.put_user_policy(UserName=name, PolicyName=f"p{number}", PolicyDocument=document)
        return self.iam.create_access_key(UserName=name)["AccessKey"]

    def test_of_a_role_are_whom_they_say(self):
        key = self.caller("alice")
        self.iam.create_role(RoleName="app", Path="/web/", AssumeRolePolicyDocument=trust({"AWS": arn("user/alice")}))
        role_id = self.iam.get_role(RoleName="app")["Role"]["RoleId"]
        answer = client("sts", key).assume_role(RoleArn=arn("role/web/app"), RoleSessionName="laptop", DurationSeconds=900)
        self.assertEqual(
            answer["AssumedRoleUser"],
            {"AssumedRoleId": f"{role_id}:laptop", "Arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/app/laptop"},
        )
        self.assertRegex(answer["Credentials"]["AccessKeyId"], r"^ASIA[A-Z2-7]{16}$")
        identity = client("sts", answer["Credentials"]).get_caller_identity()
        self.assertEqual(
            (identity["UserId"], identity["Account"], identity["Arn"]),
            (f"{role_id}:laptop", ACCOUNT, f"arn:aws:sts::{ACCOUNT}:assumed-role/app/laptop"),
        )

    def test_of_a_role_may_no_more_than_the_session_policy(self):
        key = self.caller("alice", policy("sts:AssumeRole"))
        self.iam.create_role(RoleName="admin", AssumeRolePolicyDocument=trust({"AWS": arn("user/alice")}))
        self.iam.attach_role_policy(RoleName="admin", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
        post("/_vigil/enforce?after=0")
        sts = client("sts", key)
        narrowed = sts.assume_role(
            RoleArn=arn("role/admin"), RoleSessionName="narrow", Policy=policy(["iam:ListUsers", "iam:GetRole"])
        )
        self.assertGreater(narrowed["PackedPolicySize"], 0)
        iam = client("iam", narrowed["Credentials"])
        self.assertEqual([user["UserName"] for user in iam.list_users()["Users"]], ["alice"])
        self.assertEqual(iam.get_role(RoleName="admin")["Role"]["RoleName"], "admin")
        with self.refused(
            "AccessDenied",
            403,
            f"User: arn:aws:sts::{ACCOUNT}:assumed-role/admin/narrow is not authorized to perform: iam:CreateUser on "
            f"resource: {arn('user/mallory')} because no session policy allows the iam:CreateUser action",
        ):
            iam.create_user(UserName="mallory")
        by_arn = sts.assume_role(
            RoleArn=arn("role/admin"),
            RoleSessionName="read",
            PolicyArns=[{"arn": "arn:aws:iam::aws:policy/IAMReadOnlyAccess"}],
        )
        self.assertEqual(len(client("iam", by_arn["Credentials"]).list_users()["Users"]), 1)
        whole = client("iam", sts.assume_role(RoleArn=arn("role/admin"), RoleSessionName="whole")["Credentials"])
        self.assertEqual(whole.create_user(UserName="bob")["User"]["UserName"], "bob")

    def test_are_refused_to_whom_the_role_does_not_trust(self):
        self.iam.create_role(RoleName="app", AssumeRolePolicyDocument=TRUST)
        key = self.caller("mallory", policy("sts:AssumeRole"))
        post("/_vigil/enforce?after=0")
        with self.refused(
            "AccessDenied",
            403,
            f"User: {arn('user/mallory')} is not authorized to perform: sts:AssumeRole on resource: {arn('role/app')}…",
        ):
            client("sts", key).assume_role(RoleArn=arn("role/app"), RoleSessionName="se")

    def test_of_a_user_need_no_role(self):
        key = self.caller("alice")
        token = client("sts", key).get_session_token(DurationSeconds=3600)["Credentials"]
        self.assertEqual(client("sts", token).get_caller_identity()["Arn"], arn("user/alice"))
        federated = client("sts", key).get_federation_token(Name="guest", Policy=policy())
        self.assertEqual(federated["FederatedUser"]["Arn"], f"arn:aws:sts::{ACCOUNT}:federated-user/guest")
        self.assertEqual(
            client("sts", federated["Credentials"]).get_caller_identity()["UserId"], f"{ACCOUNT}:guest"
        )

    def test_ask_for_lengths_that_aws_allows(self):
        key = self.caller("alice")
        self.iam.create_role(RoleName="app", AssumeRolePolicyDocument=trust({"AWS": ACCOUNT}))
        sts = client("sts", key)
        with self.refused("ValidationError", 400, "1 validation error detected: Value '899' at 'durationSeconds'…"):
            sts.assume_role(RoleArn=arn("role/app"), RoleSessionName="s1", DurationSeconds=899)
        with self.refused(
            "ValidationError", 400, "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
        ):
            sts.assume_role(RoleArn=arn("role/app"), RoleSessionName="s1", DurationSeconds=3601)
        with self.refused("ValidationError", 400, "role/apps/of/the/web is invalid"):
            sts.assume_role(RoleArn="role/apps/of/the/web", RoleSessionName="s1")


if __name__ == "__main__":
    unittest.main()
