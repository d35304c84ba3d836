"""What the tests with boto3 share: clients of the emulated account, and how a refusal is expected."""

import contextlib
import datetime
import json
import os
import unittest
import urllib.parse
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ENDPOINT = os.environ["VIGIL_ENDPOINT"]
ACCOUNT = "123456789012"
TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}],
    }
)


def policy(action="s3:GetObject", resource="*", effect="Allow", **members):
    """A policy document of one statement."""
    statement = {"Effect": effect, "Action": action, "Resource": resource, **members}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def trust(principal, **members):
    """A trust policy that lets in a principal."""
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole", **members}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def arn(resource):
    """The ARN of something in the account's IAM."""
    return f"arn:aws:iam::{ACCOUNT}:{resource}"


def client(service, credentials=None, region="us-east-1"):
    """A client that signs with the answer of an AssumeRole, or as the root user."""
    keys = credentials or {"AccessKeyId": "AKIAANYBODYS22222222", "SecretAccessKey": "emulated"}
    return boto3.client(
        service,
        endpoint_url=ENDPOINT,
        region_name=region,
        aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"],
        aws_session_token=keys.get("SessionToken"),
        # What the client would refuse by itself, the account is to refuse.
        config=Config(retries={"max_attempts": 0}, parameter_validation=False),
    )


def post(path):
    """Asks something of the emulator itself."""
    urllib.request.urlopen(urllib.request.Request(ENDPOINT + path, method="POST")).close()


_CLIENTS = {}


class EmulatedAccountTest(unittest.TestCase):
    """Each test begins with an empty account; the differences it reports are told whole."""

    maxDiff = None

    def setUp(self):
        post("/_vigil/reset")
        for service in ("iam", "sts"):
            if service not in _CLIENTS:
                _CLIENTS[service] = client(service)
        self.iam = _CLIENTS["iam"]
        self.sts = _CLIENTS["sts"]

    @contextlib.contextmanager
    def refused(self, code, status, message=None):
        """Expects AWS's code and HTTP status, and its message, or a part of it that ends in an ellipsis."""
        with self.assertRaises(ClientError) as caught:
            yield
        answer = caught.exception.response
        self.assertEqual((answer["Error"]["Code"], answer["ResponseMetadata"]["HTTPStatusCode"]), (code, status), answer)
        if message is not None:
            told = answer["Error"]["Message"]
            if message.endswith("…"):
                self.assertTrue(told.startswith(message[:-1]), told)
            else:
                self.assertEqual(told, message)

    def names(self, operation, member, key, **arguments):
        """Everything that an operation lists, page after page."""
        pages = self.iam.get_paginator(operation).paginate(**arguments)
        return [entry if key is None else entry[key] for page in pages for entry in page[member]]

    def assertRecent(self, instant):
        """A time of this minute, in whole seconds and with a zone, as botocore reads it."""
        self.assertIsNotNone(instant.tzinfo)
        self.assertLess(abs((datetime.datetime.now(datetime.timezone.utc) - instant).total_seconds()), 60)
        self.assertEqual(instant.microsecond, 0)
