"""What AWS answers about users, groups, roles, instance profiles and their credentials: refusals, lists, counts."""

import csv
import io
import json
import time
import unittest

from emulated_account import ACCOUNT, TRUST, EmulatedAccountTest, arn, client, policy, trust


class Users(EmulatedAccountTest):
    def test_that_are_not_there(self):
        named = {"UserName": "nobody"}
        missing = "The user with name nobody cannot be found."
        for call, arguments in [
            ("get_user", {}),
            ("delete_user", {}),
            ("update_user", {"NewUserName": "somebody"}),
            ("list_access_keys", {}),
            ("create_access_key", {}),
            ("list_user_policies", {}),
            ("list_attached_user_policies", {}),
            ("list_groups_for_user", {}),
            ("list_mfa_devices", {}),
            ("list_ssh_public_keys", {}),
            ("list_signing_certificates", {}),
            ("list_service_specific_credentials", {}),
            ("list_user_tags", {}),
            ("tag_user", {"Tags": [{"Key": "k", "Value": "v"}]}),
            ("untag_user", {"TagKeys": ["k"]}),
            ("put_user_policy", {"PolicyName": "p", "PolicyDocument": policy()}),
            ("attach_user_policy", {"PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}),
            ("get_user_policy", {"PolicyName": "p"}),
            ("delete_user_policy", {"PolicyName": "p"}),
            ("create_login_profile", {"Password": "Correct-horse-1"}),
            ("put_user_permissions_boundary", {"PermissionsBoundary": "arn:aws:iam::aws:policy/ReadOnlyAccess"}),
            ("delete_user_permissions_boundary", {}),
        ]:
            with self.subTest(call), self.refused("NoSuchEntity", 404, missing):
                getattr(self.iam, call)(**named, **arguments)
        with self.refused("NoSuchEntity", 404):
            self.iam.get_login_profile(**named)

    def test_of_the_caller_need_no_name(self):
        self.iam.create_user(UserName="u")
        key = self.iam.create_access_key(UserName="u")["AccessKey"]
        own = client("iam", key)
        self.assertEqual(own.get_user()["User"]["UserName"], "u")
        self.assertEqual(own.list_access_keys()["AccessKeyMetadata"][0]["UserName"], "u")
        self.assertEqual(own.create_access_key()["AccessKey"]["UserName"], "u")
        self.assertEqual(self.iam.get_user()["User"]["Arn"], arn("root"))

    def test_keep_what_still_hangs_on_them(self):
        self.iam.create_user(UserName="u")
        hanging = [
            (
                lambda: self.iam.create_access_key(UserName="u")["AccessKey"]["AccessKeyId"],
                lambda made: self.iam.delete_access_key(UserName="u", AccessKeyId=made),
                "Cannot delete entity, must delete access keys first.",
            ),
            (
                lambda: self.iam.put_user_policy(UserName="u", PolicyName="p", PolicyDocument=policy()),
                lambda _: self.iam.delete_user_policy(UserName="u", PolicyName="p"),
                "Cannot delete entity, must delete policies first.",
            ),
            (
                lambda: self.iam.attach_user_policy(UserName="u", PolicyArn="arn:aws:iam::aws:policy/ReadOnlyAccess"),
                lambda _: self.iam.detach_user_policy(UserName="u", PolicyArn="arn:aws:iam::aws:policy/ReadOnlyAccess"),
                "Cannot delete entity, must detach all policies first.",
            ),
            (
                lambda: self.iam.create_login_profile(UserName="u", Password="Correct-horse-1"),
                lambda _: self.iam.delete_login_profile(UserName="u"),
                "Cannot delete entity, must delete login profile first.",
            ),
            (
                lambda: (self.iam.create_group(GroupName="g"), self.iam.add_user_to_group(GroupName="g", UserName="u")),
                lambda _: self.iam.remove_user_from_group(GroupName="g", UserName="u"),
                "Cannot delete entity, must remove users from group first.",
            ),
        ]
        for make, take_away, message in hanging:
            made = make()
            with self.subTest(message), self.refused("DeleteConflict", 409, message):
                self.iam.delete_user(UserName="u")
            take_away(made)
        self.iam.delete_user(UserName="u")

    def test_are_renamed_with_all_they_have(self):
        made = self.iam.create_user(UserName="u", Path="/a/")["User"]
        self.iam.create_user(UserName="Taken")
        self.iam.create_group(GroupName="g")
        self.iam.add_user_to_group(GroupName="g", UserName="u")
        self.iam.put_user_policy(UserName="u", PolicyName="p", PolicyDocument=policy())
        with self.refused("EntityAlreadyExists", 409, "User with name taken already exists."):
            self.iam.update_user(UserName="u", NewUserName="taken")
        self.iam.update_user(UserName="u", NewUserName="v", NewPath="/b/")
        found = self.iam.get_user(UserName="v")["User"]
        self.assertEqual((found["UserId"], found["Arn"], found["Path"]), (made["UserId"], arn("user/b/v"), "/b/"))
        self.assertEqual(self.iam.list_user_policies(UserName="v")["PolicyNames"], ["p"])
        self.assertEqual([one["UserName"] for one in self.iam.get_group(GroupName="g")["Users"]], ["v"])
        with self.refused("NoSuchEntity", 404):
            self.iam.get_user(UserName="u")
        self.iam.update_user(UserName="v", NewUserName="V")
        self.assertEqual(self.iam.get_user(UserName="v")["User"]["UserName"], "V")

    def test_have_names_and_paths_of_a_form(self):
        for name in ("a b", "a/b", "a:b", "ü", "a*"):
            with self.subTest(name), self.refused("ValidationError", 400, "The specified value for userName is invalid.…"):
                self.iam.create_user(UserName=name)
        with self.refused(
            "ValidationError",
            400,
            "1 validation error detected: Value at 'userName' failed to satisfy constraint: Member must have "
            "length less than or equal to 64",
        ):
            self.iam.create_user(UserName="u" * 65)
        path = (
            "The specified value for path is invalid. It must begin and end with / and contain only alphanumeric "
            "characters and/or / characters."
        )
        for wrong in ("a", "/a", "a/", "/a b/c"):
            with self.subTest(wrong), self.refused("ValidationError", 400, path):
                self.iam.create_user(UserName="u", Path=wrong)
        self.assertEqual(self.iam.list_users()["Users"], [])

    def test_are_tagged(self):
        tags = [{"Key": f"k{number:02}", "Value": str(number)} for number in range(50)]
        self.iam.create_user(UserName="u", Tags=tags[:2])
        self.iam.tag_user(UserName="u", Tags=[{"Key": "K00", "Value": "again"}, *tags[2:]])
        first = self.iam.list_user_tags(UserName="u", MaxItems=30)
        self.assertTrue(first["IsTruncated"])
        rest = self.iam.list_user_tags(UserName="u", Marker=first["Marker"])
        self.assertFalse(rest["IsTruncated"])
        self.assertNotIn("Marker", rest)
        self.assertEqual(len(first["Tags"] + rest["Tags"]), 50)
        with self.refused("LimitExceeded", 409):
            self.iam.tag_user(UserName="u", Tags=[{"Key": "one more", "Value": ""}])
        for wrong, code in [
            ([{"Key": "a", "Value": "1"}, {"Key": "A", "Value": "2"}], "InvalidInput"),
            ([{"Key": "aws:a", "Value": "1"}], "InvalidInput"),
            ([{"Key": "", "Value": "1"}], "ValidationError"),
            ([{"Key": "a", "Value": "v" * 257}], "ValidationError"),
            ([{"Key": "a&b", "Value": "1"}], "ValidationError"),
        ]:
            with self.subTest(wrong), self.refused(code, 400):
                self.iam.create_user(UserName="other", Tags=wrong)
        with self.refused("ValidationError", 400):
            self.iam.create_user(UserName="other", Tags=tags + [{"Key": "k50", "Value": ""}])
        self.iam.untag_user(UserName="u", TagKeys=[tag["Key"] for tag in tags])
        self.assertEqual(self.iam.list_user_tags(UserName="u")["Tags"], [])
        self.assertNotIn("Tags", self.iam.get_user(UserName="u")["User"])

    def test_are_listed_by_path(self):
        for number, path in enumerate(("/", "/a/", "/a/b/", "/ab/")):
            self.iam.create_user(UserName=f"u{number}", Path=path)
        for prefix, names in [("/", ["u0", "u1", "u2", "u3"]), ("/a", ["u1", "u2", "u3"]), ("/a/", ["u1", "u2"]), ("/z", [])]:
            self.assertEqual([one["UserName"] for one in self.iam.list_users(PathPrefix=prefix)["Users"]], names)
        with self.refused("ValidationError", 400):
            self.iam.list_users(PathPrefix="a")
        for wrong in (0, 1001):
            with self.subTest(wrong), self.refused("ValidationError", 400, f"1 validation error detected: Value at 'maxItems'…"):
                self.iam.list_users(MaxItems=wrong)
        with self.refused("ValidationError", 400):
            self.iam.list_users(Marker="made up")


class LoginProfiles(EmulatedAccountTest):
    def test_are_one_for_each_user(self):
        self.iam.create_user(UserName="u")
        with self.refused("NoSuchEntity", 404, "Login Profile for User u cannot be found."):
            self.iam.get_login_profile(UserName="u")
        made = self.iam.create_login_profile(UserName="u", Password="Correct-horse-1")["LoginProfile"]
        self.assertEqual((made["UserName"], made["PasswordResetRequired"]), ("u", False))
        with self.refused("EntityAlreadyExists", 409, "Login Profile for user u already exists."):
            self.iam.create_login_profile(UserName="u", Password="Correct-horse-1")
        self.iam.update_login_profile(UserName="u", PasswordResetRequired=True)
        self.assertTrue(self.iam.get_login_profile(UserName="u")["LoginProfile"]["PasswordResetRequired"])
        self.iam.delete_login_profile(UserName="u")
        for call in ("delete_login_profile", "update_login_profile"):
            with self.subTest(call), self.refused("NoSuchEntity", 404, "Login Profile for User u cannot be found."):
                getattr(self.iam, call)(UserName="u")

    def test_follow_the_password_policy(self):
        with self.refused("NoSuchEntity", 404, "The account policy with name PasswordPolicy cannot be found."):
            self.iam.delete_account_password_policy()
        with self.refused("ValidationError", 400, "1 validation error detected: Value at 'minimumPasswordLength'…"):
            self.iam.update_account_password_policy(MinimumPasswordLength=129)
        self.iam.update_account_password_policy()
        self.assertEqual(
            self.iam.get_account_password_policy()["PasswordPolicy"],
            {
                "MinimumPasswordLength": 6,
                "RequireSymbols": False,
                "RequireNumbers": False,
                "RequireUppercaseCharacters": False,
                "RequireLowercaseCharacters": False,
                "AllowUsersToChangePassword": False,
                "ExpirePasswords": False,
            },
        )
        self.assertEqual(self.iam.get_account_summary()["SummaryMap"]["Users"], 0)


class AccessKeys(EmulatedAccountTest):
    def test_are_two_at_most_and_tell_their_use(self):
        self.iam.create_user(UserName="u")
        keys = [self.iam.create_access_key(UserName="u")["AccessKey"] for _ in range(2)]
        self.assertEqual(set(keys[0]), {"UserName", "AccessKeyId", "Status", "SecretAccessKey", "CreateDate"})
        with self.refused("LimitExceeded", 409, "Cannot exceed quota for AccessKeysPerUser: 2"):
            self.iam.create_access_key(UserName="u")
        listed = self.iam.list_access_keys(UserName="u")
        self.assertFalse(listed["IsTruncated"])
        self.assertEqual(set(listed["AccessKeyMetadata"][0]), {"UserName", "AccessKeyId", "Status", "CreateDate"})
        unused = self.iam.get_access_key_last_used(AccessKeyId=keys[0]["AccessKeyId"])
        self.assertEqual(unused["UserName"], "u")
        self.assertEqual(unused["AccessKeyLastUsed"], {"ServiceName": "N/A", "Region": "N/A"})
        client("sts", keys[0], region="eu-west-1").get_caller_identity()
        used = self.iam.get_access_key_last_used(AccessKeyId=keys[0]["AccessKeyId"])["AccessKeyLastUsed"]
        self.assertEqual((used["ServiceName"], used["Region"]), ("sts", "eu-west-1"))
        self.assertRecent(used["LastUsedDate"])

    def test_that_are_not_there(self):
        self.iam.create_user(UserName="u")
        self.iam.create_user(UserName="v")
        other = self.iam.create_access_key(UserName="v")["AccessKey"]["AccessKeyId"]
        for key in ("AKIA2345ABCDEFGHIJKL", other):
            message = f"The Access Key with id {key} cannot be found."
            with self.subTest(key), self.refused("NoSuchEntity", 404, message):
                self.iam.delete_access_key(UserName="u", AccessKeyId=key)
            with self.subTest(key), self.refused("NoSuchEntity", 404, message):
                self.iam.update_access_key(UserName="u", AccessKeyId=key, Status="Inactive")
        with self.refused("ValidationError", 400, "1 validation error detected: Value at 'status' failed to satisfy constraint: Member must satisfy enum value set:…"):
            self.iam.update_access_key(UserName="v", AccessKeyId=other, Status="Gone")


class MfaDevices(EmulatedAccountTest):
    def test_that_are_virtual(self):
        made = self.iam.create_virtual_mfa_device(VirtualMFADeviceName="phone", Path="/a/")["VirtualMFADevice"]
        serial = arn("mfa/a/phone")
        self.assertEqual(made["SerialNumber"], serial)
        self.assertRegex(made["Base32StringSeed"], rb"^[A-Z2-7]{64}$")
        self.assertEqual(made["QRCodePNG"][:8], b"\x89PNG\r\n\x1a\n")
        with self.refused("EntityAlreadyExists", 409, "MFA device already exists."):
            self.iam.create_virtual_mfa_device(VirtualMFADeviceName="phone", Path="/a/")
        listed = self.iam.list_virtual_mfa_devices()
        self.assertEqual([set(one) for one in listed["VirtualMFADevices"]], [{"SerialNumber"}])
        self.assertEqual(self.iam.list_virtual_mfa_devices(AssignmentStatus="Assigned")["VirtualMFADevices"], [])
        self.assertEqual(len(self.iam.list_virtual_mfa_devices(AssignmentStatus="Unassigned")["VirtualMFADevices"]), 1)
        self.iam.create_user(UserName="u")
        with self.refused("InvalidAuthenticationCode", 403, "Authentication code for device is not valid."):
            self.iam.enable_mfa_device(
                UserName="u", SerialNumber=serial, AuthenticationCode1="123456", AuthenticationCode2="654321"
            )
        with self.refused("NoSuchEntity", 404):
            self.iam.deactivate_mfa_device(UserName="u", SerialNumber=serial)
        self.iam.delete_virtual_mfa_device(SerialNumber=serial)
        with self.refused("NoSuchEntity", 404, f"MFA Device with serial number {serial} does not exist."):
            self.iam.delete_virtual_mfa_device(SerialNumber=serial)


class Groups(EmulatedAccountTest):
    def test_that_are_not_there(self):
        self.iam.create_user(UserName="u")
        missing = "The group with name nothing cannot be found."
        for call, arguments in [
            ("get_group", {}),
            ("delete_group", {}),
            ("update_group", {"NewGroupName": "something"}),
            ("add_user_to_group", {"UserName": "u"}),
            ("list_group_policies", {}),
            ("list_attached_group_policies", {}),
            ("put_group_policy", {"PolicyName": "p", "PolicyDocument": policy()}),
            ("attach_group_policy", {"PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}),
        ]:
            with self.subTest(call), self.refused("NoSuchEntity", 404, missing):
                getattr(self.iam, call)(GroupName="nothing", **arguments)

    def test_hold_users_and_policies(self):
        made = self.iam.create_group(GroupName="g", Path="/a/")["Group"]
        self.assertEqual(set(made), {"Path", "GroupName", "GroupId", "Arn", "CreateDate"})
        with self.refused("EntityAlreadyExists", 409, "Group with name G already exists."):
            self.iam.create_group(GroupName="G")
        self.iam.create_user(UserName="u")
        for _ in range(2):
            self.iam.add_user_to_group(GroupName="g", UserName="u")
        self.assertEqual(len(self.iam.get_group(GroupName="g")["Users"]), 1)
        self.assertEqual(self.iam.list_groups_for_user(UserName="u")["Groups"][0]["Arn"], arn("group/a/g"))
        with self.refused("NoSuchEntity", 404, "The group policy with name p cannot be found."):
            self.iam.get_group_policy(GroupName="g", PolicyName="p")
        with self.refused("DeleteConflict", 409, "Cannot delete entity, must remove users from group first."):
            self.iam.delete_group(GroupName="g")
        self.iam.remove_user_from_group(GroupName="g", UserName="u")
        self.iam.put_group_policy(GroupName="g", PolicyName="p", PolicyDocument=policy())
        with self.refused("DeleteConflict", 409, "Cannot delete entity, must delete policies first."):
            self.iam.delete_group(GroupName="g")
        self.iam.update_group(GroupName="g", NewGroupName="h", NewPath="/")
        self.assertEqual(self.iam.get_group(GroupName="h")["Group"]["Arn"], arn("group/h"))
        self.assertEqual(self.iam.list_group_policies(GroupName="h")["PolicyNames"], ["p"])

    def test_are_ten_for_each_user_at_most(self):
        self.iam.create_user(UserName="u")
        for number in range(11):
            self.iam.create_group(GroupName=f"g{number}")
        for number in range(10):
            self.iam.add_user_to_group(GroupName=f"g{number}", UserName="u")
        with self.refused("LimitExceeded", 409, "Cannot exceed quota for GroupsPerUser: 10"):
            self.iam.add_user_to_group(GroupName="g10", UserName="u")


class Roles(EmulatedAccountTest):
    def test_that_are_not_there(self):
        missing = "The role with name nothing cannot be found."
        for call, arguments in [
            ("get_role", {}),
            ("delete_role", {}),
            ("update_role", {}),
            ("update_role_description", {"Description": "d"}),
            ("update_assume_role_policy", {"PolicyDocument": TRUST}),
            ("list_role_policies", {}),
            ("list_attached_role_policies", {}),
            ("list_role_tags", {}),
            ("tag_role", {"Tags": [{"Key": "k", "Value": "v"}]}),
            ("untag_role", {"TagKeys": ["k"]}),
            ("list_instance_profiles_for_role", {}),
            ("put_role_policy", {"PolicyName": "p", "PolicyDocument": policy()}),
            ("get_role_policy", {"PolicyName": "p"}),
            ("attach_role_policy", {"PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}),
        ]:
            with self.subTest(call), self.refused("NoSuchEntity", 404, missing):
                getattr(self.iam, call)(RoleName="nothing", **arguments)

    def test_are_told_as_they_are(self):
        made = self.iam.create_role(RoleName="r", Path="/a/", AssumeRolePolicyDocument=TRUST, Description="d")["Role"]
        with self.refused("EntityAlreadyExists", 409, "Role with name r already exists."):
            self.iam.create_role(RoleName="r", AssumeRolePolicyDocument=TRUST)
        found = self.iam.get_role(RoleName="r")["Role"]
        self.assertEqual(
            {name: value for name, value in found.items() if name not in ("RoleId", "CreateDate")},
            {
                "Path": "/a/",
                "RoleName": "r",
                "Arn": arn("role/a/r"),
                "AssumeRolePolicyDocument": json.loads(TRUST),
                "Description": "d",
                "MaxSessionDuration": 3600,
                "RoleLastUsed": {},
            },
        )
        listed = self.iam.list_roles(PathPrefix="/a/")["Roles"]
        self.assertEqual([one["RoleId"] for one in listed], [made["RoleId"]])
        self.assertNotIn("RoleLastUsed", listed[0])
        self.assertEqual(self.iam.update_role_description(RoleName="r", Description="e")["Role"]["Description"], "e")
        self.iam.update_role(RoleName="r", Description="f", MaxSessionDuration=7200)
        found = self.iam.get_role(RoleName="r")["Role"]
        self.assertEqual((found["Description"], found["MaxSessionDuration"]), ("f", 7200))
        with self.refused("ValidationError", 400, "1 validation error detected: Value at 'maxSessionDuration'…"):
            self.iam.update_role(RoleName="r", MaxSessionDuration=43201)

    def test_have_inline_policies(self):
        self.iam.create_role(RoleName="r", AssumeRolePolicyDocument=TRUST)
        with self.refused("NoSuchEntity", 404, "The role policy with name p cannot be found."):
            self.iam.get_role_policy(RoleName="r", PolicyName="p")
        with self.refused("NoSuchEntity", 404, "The role policy with name p cannot be found."):
            self.iam.delete_role_policy(RoleName="r", PolicyName="p")
        for action in ("s3:GetObject", "s3:PutObject"):
            self.iam.put_role_policy(RoleName="r", PolicyName="p", PolicyDocument=policy(action))
        found = self.iam.get_role_policy(RoleName="r", PolicyName="p")
        self.assertEqual((found["RoleName"], found["PolicyName"]), ("r", "p"))
        self.assertEqual(found["PolicyDocument"], json.loads(policy("s3:PutObject")))
        with self.refused("DeleteConflict", 409, "Cannot delete entity, must delete policies first."):
            self.iam.delete_role(RoleName="r")

    def test_stand_in_instance_profiles_one_in_each(self):
        profile = {"InstanceProfileName": "ip"}
        with self.refused("NoSuchEntity", 404, "Instance Profile ip cannot be found."):
            self.iam.get_instance_profile(**profile)
        made = self.iam.create_instance_profile(**profile, Path="/a/", Tags=[{"Key": "k", "Value": "v"}])["InstanceProfile"]
        self.assertEqual((made["Arn"], made["Roles"]), (arn("instance-profile/a/ip"), []))
        self.assertRegex(made["InstanceProfileId"], r"^AIPA[A-Z2-7]{17}$")
        with self.refused("EntityAlreadyExists", 409, "Instance Profile ip already exists."):
            self.iam.create_instance_profile(**profile)
        for name in ("r", "s"):
            self.iam.create_role(RoleName=name, AssumeRolePolicyDocument=TRUST)
        with self.refused("NoSuchEntity", 404, "The role with name nothing cannot be found."):
            self.iam.add_role_to_instance_profile(**profile, RoleName="nothing")
        self.iam.add_role_to_instance_profile(**profile, RoleName="r")
        with self.refused("LimitExceeded", 409, "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1"):
            self.iam.add_role_to_instance_profile(**profile, RoleName="s")
        found = self.iam.get_instance_profile(**profile)["InstanceProfile"]
        self.assertEqual([one["RoleName"] for one in found["Roles"]], ["r"])
        self.assertEqual(found["Roles"][0]["AssumeRolePolicyDocument"], json.loads(TRUST))
        self.assertEqual(len(self.iam.list_instance_profiles_for_role(RoleName="r")["InstanceProfiles"]), 1)
        with self.refused("DeleteConflict", 409, "Cannot delete entity, must remove roles from instance profile first."):
            self.iam.delete_instance_profile(**profile)
        with self.refused("DeleteConflict", 409, "Cannot delete entity, must remove roles from instance profile first."):
            self.iam.delete_role(RoleName="r")
        with self.refused("NoSuchEntity", 404):
            self.iam.remove_role_from_instance_profile(**profile, RoleName="s")
        self.iam.remove_role_from_instance_profile(**profile, RoleName="r")
        self.iam.delete_role(RoleName="r")
        self.iam.delete_instance_profile(**profile)

    def test_that_are_linked_to_a_service(self):
        made = self.iam.create_service_linked_role(AWSServiceName="autoscaling.amazonaws.com", CustomSuffix="web", Description="d")["Role"]
        self.assertEqual(made["RoleName"], "AWSServiceRoleForAutoScaling_web")
        self.assertEqual(made["Arn"], arn("role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling_web"))
        statement = made["AssumeRolePolicyDocument"]["Statement"][0]
        self.assertEqual(statement["Principal"], {"Service": ["autoscaling.amazonaws.com"]})
        with self.refused(
            "InvalidInput",
            400,
            "Service role name AWSServiceRoleForAutoScaling_web has been taken in this account, please try a different suffix.",
        ):
            self.iam.create_service_linked_role(AWSServiceName="autoscaling.amazonaws.com", CustomSuffix="web")
        attached = self.iam.list_attached_role_policies(RoleName=made["RoleName"])["AttachedPolicies"]
        self.assertEqual([one["PolicyName"] for one in attached], ["AutoScalingServiceRolePolicy"])
        with self.refused("UnmodifiableEntity", 400):
            self.iam.delete_role(RoleName=made["RoleName"])
        task = self.iam.delete_service_linked_role(RoleName=made["RoleName"])["DeletionTaskId"]
        self.assertRegex(task, f"^task/aws-service-role/autoscaling.amazonaws.com/{made['RoleName']}/[0-9a-f-]{{36}}$")
        status = self.iam.get_service_linked_role_deletion_status(DeletionTaskId=task)["Status"]
        self.assertEqual(status, "SUCCEEDED")
        with self.refused("NoSuchEntity", 404):
            self.iam.get_role(RoleName=made["RoleName"])


class IdentityProviders(EmulatedAccountTest):
    URL = "https://token.actions.githubusercontent.com"

    def test_of_openid_connect(self):
        at = {"OpenIDConnectProviderArn": arn("oidc-provider/token.actions.githubusercontent.com")}
        made = self.iam.create_open_id_connect_provider(Url=self.URL, ThumbprintList=["a" * 40], ClientIDList=["b", "a"])
        self.assertEqual(made["OpenIDConnectProviderArn"], at["OpenIDConnectProviderArn"])
        with self.refused("EntityAlreadyExists", 409, f"Provider with url {self.URL} already exists."):
            self.iam.create_open_id_connect_provider(Url=self.URL, ThumbprintList=["a" * 40])
        for wrong in ("http://example.com", "example.com", "https://example.com?a=b"):
            with self.subTest(wrong):
                try:
                    self.iam.create_open_id_connect_provider(Url=wrong, ThumbprintList=["a" * 40])
                    self.fail("allowed")
                except self.iam.exceptions.ClientError as error:
                    self.assertIn(error.response["Error"]["Code"], ("ValidationError", "InvalidInput"))
        with self.refused("InvalidInput", 400, "Thumbprint list must contain fewer than 5 entries."):
            self.iam.create_open_id_connect_provider(Url="https://b.example.com", ThumbprintList=[c * 40 for c in "abcdef"])
        with self.refused("ValidationError", 400, "1 validation error detected: Value at 'thumbprintList' failed…"):
            self.iam.create_open_id_connect_provider(Url="https://b.example.com", ThumbprintList=["a" * 39])
        self.iam.add_client_id_to_open_id_connect_provider(**at, ClientID="c")
        self.iam.remove_client_id_from_open_id_connect_provider(**at, ClientID="b")
        self.iam.update_open_id_connect_provider_thumbprint(**at, ThumbprintList=["c" * 40])
        found = self.iam.get_open_id_connect_provider(**at)
        self.assertEqual(found["Url"], "token.actions.githubusercontent.com")
        self.assertEqual(sorted(found["ClientIDList"]), ["a", "c"])
        self.assertEqual(found["ThumbprintList"], ["c" * 40])
        self.assertEqual(self.iam.list_open_id_connect_providers()["OpenIDConnectProviderList"], [{"Arn": at["OpenIDConnectProviderArn"]}])
        self.iam.delete_open_id_connect_provider(**at)
        with self.refused("NoSuchEntity", 404, f"OpenIDConnect Provider not found for arn {at['OpenIDConnectProviderArn']}"):
            self.iam.get_open_id_connect_provider(**at)

    def test_of_saml(self):
        with self.refused("InvalidInput", 400, "Could not parse metadata"):
            self.iam.create_saml_provider(Name="s", SAMLMetadataDocument="a" * 1024)
        with self.refused("NoSuchEntity", 404):
            self.iam.get_saml_provider(SAMLProviderArn=arn("saml-provider/s"))

    def test_of_server_certificates(self):
        with self.refused("NoSuchEntity", 404, "The Server Certificate with name c cannot be found."):
            self.iam.get_server_certificate(ServerCertificateName="c")
        with self.refused("NoSuchEntity", 404, "The Server Certificate with name c cannot be found."):
            self.iam.delete_server_certificate(ServerCertificateName="c")
        with self.refused("MalformedCertificate", 400):
            self.iam.upload_server_certificate(ServerCertificateName="c", CertificateBody="x", PrivateKey="y")
        self.assertEqual(self.iam.list_server_certificates()["ServerCertificateMetadataList"], [])


class TheAccount(EmulatedAccountTest):
    def test_has_one_alias(self):
        self.assertEqual(self.iam.list_account_aliases()["AccountAliases"], [])
        self.iam.create_account_alias(AccountAlias="acme")
        self.iam.create_account_alias(AccountAlias="other")
        self.assertEqual(self.iam.list_account_aliases()["AccountAliases"], ["other"])
        self.iam.delete_account_alias(AccountAlias="other")
        with self.refused("NoSuchEntity", 404, "The account alias with name other cannot be found."):
            self.iam.delete_account_alias(AccountAlias="other")
        for wrong in ("a", "UPPER", "-a-", "a--b"):
            with self.subTest(wrong), self.refused("ValidationError", 400):
                self.iam.create_account_alias(AccountAlias=wrong)

    def test_counts_what_it_holds(self):
        def counted():
            summary = self.iam.get_account_summary()["SummaryMap"]
            kinds = ("Users", "Groups", "Roles", "Policies", "InstanceProfiles", "Providers", "MFADevices", "ServerCertificates")
            return [summary[kind] for kind in kinds]

        self.assertEqual(counted(), [0] * 8)
        self.iam.create_user(UserName="u")
        self.iam.create_group(GroupName="g")
        self.iam.create_role(RoleName="r", AssumeRolePolicyDocument=TRUST)
        self.iam.create_policy(PolicyName="p", PolicyDocument=policy())
        self.iam.create_instance_profile(InstanceProfileName="i")
        self.iam.create_open_id_connect_provider(Url="https://example.com", ThumbprintList=["a" * 40])
        self.iam.create_virtual_mfa_device(VirtualMFADeviceName="m")
        self.assertEqual(counted(), [1, 1, 1, 1, 1, 1, 1, 0])
        summary = self.iam.get_account_summary()["SummaryMap"]
        self.assertEqual((summary["PolicyVersionsInUse"], summary["MFADevicesInUse"], summary["GroupsPerUserQuota"]), (0, 0, 10))
        self.iam.attach_group_policy(GroupName="g", PolicyArn=arn("policy/p"))
        self.assertEqual(self.iam.get_account_summary()["SummaryMap"]["PolicyVersionsInUse"], 1)
        self.iam.detach_group_policy(GroupName="g", PolicyArn=arn("policy/p"))
        self.iam.delete_user(UserName="u")
        self.iam.delete_group(GroupName="g")
        self.assertEqual(counted()[:3], [0, 0, 1])

    def test_tells_its_details_by_filter(self):
        self.iam.create_policy(PolicyName="p", PolicyDocument=policy(), Path="/a/")
        self.iam.create_group(GroupName="g")
        self.iam.put_group_policy(GroupName="g", PolicyName="own", PolicyDocument=policy())
        self.iam.create_user(UserName="u", Tags=[{"Key": "k", "Value": "v"}], PermissionsBoundary=arn("policy/a/p"))
        self.iam.add_user_to_group(GroupName="g", UserName="u")
        self.iam.attach_user_policy(UserName="u", PolicyArn="arn:aws:iam::aws:policy/ReadOnlyAccess")
        self.iam.create_role(RoleName="r", AssumeRolePolicyDocument=TRUST)
        self.iam.create_instance_profile(InstanceProfileName="i")
        self.iam.add_role_to_instance_profile(InstanceProfileName="i", RoleName="r")
        details = self.iam.get_account_authorization_details
        lists = ("UserDetailList", "GroupDetailList", "RoleDetailList", "Policies")
        counts = lambda *filters: [len(details(Filter=list(filters))[name]) for name in lists]
        self.assertEqual(counts("User"), [1, 0, 0, 0])
        self.assertEqual(counts("Group", "Role"), [0, 1, 1, 0])
        self.assertEqual(counts("LocalManagedPolicy"), [0, 0, 0, 1])
        self.assertEqual(counts("AWSManagedPolicy"), [0, 0, 0, 1])
        whole = details()
        user = whole["UserDetailList"][0]
        self.assertEqual(user["GroupList"], ["g"])
        self.assertEqual(user["Tags"], [{"Key": "k", "Value": "v"}])
        self.assertEqual(user["PermissionsBoundary"]["PermissionsBoundaryArn"], arn("policy/a/p"))
        self.assertEqual(user["AttachedManagedPolicies"][0]["PolicyName"], "ReadOnlyAccess")
        self.assertNotIn("UserPolicyList", user)
        self.assertEqual(whole["GroupDetailList"][0]["GroupPolicyList"], [{"PolicyName": "own", "PolicyDocument": json.loads(policy())}])
        role = whole["RoleDetailList"][0]
        self.assertEqual([one["InstanceProfileName"] for one in role["InstanceProfileList"]], ["i"])
        self.assertEqual(role["AssumeRolePolicyDocument"], json.loads(TRUST))
        local = [one for one in whole["Policies"] if one["Arn"] == arn("policy/a/p")][0]
        self.assertEqual(local["PolicyVersionList"][0]["Document"], json.loads(policy()))
        with self.refused("ValidationError", 400):
            details(Filter=["Users"])

    def test_reports_its_credentials(self):
        with self.refused("ReportNotPresent", 410):
            self.iam.get_credential_report()
        self.iam.create_user(UserName="u")
        key = self.iam.create_access_key(UserName="u")["AccessKey"]
        self.iam.create_login_profile(UserName="u", Password="Correct-horse-1")
        client("sts", key).get_caller_identity()
        for _ in range(20):
            if self.iam.generate_credential_report()["State"] == "COMPLETE":
                break
            time.sleep(0.05)
        report = self.iam.get_credential_report()
        self.assertEqual(report["ReportFormat"], "text/csv")
        self.assertRecent(report["GeneratedTime"])
        text = report["Content"].decode()
        self.assertEqual(
            text.split("\n")[0],
            "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,"
            "password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,"
            "access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,"
            "access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,"
            "access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated",
        )
        root, user = csv.DictReader(io.StringIO(text))
        self.assertEqual((root["user"], root["arn"], root["password_enabled"]), ("<root_account>", arn("root"), "not_supported"))
        self.assertEqual((user["user"], user["arn"]), ("u", arn("user/u")))
        self.assertEqual((user["password_enabled"], user["password_last_used"], user["mfa_active"]), ("true", "no_information", "false"))
        self.assertEqual((user["access_key_1_active"], user["access_key_1_last_used_service"]), ("true", "sts"))
        self.assertRegex(user["access_key_1_last_used_date"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        self.assertEqual((user["access_key_2_active"], user["access_key_2_last_rotated"], user["cert_1_active"]), ("false", "N/A", "false"))


if __name__ == "__main__":
    unittest.main()
