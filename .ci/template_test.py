"""What template.yaml promises, read from the file and from what AWS's own SAM translator makes of it.

Run: pytest .ci/template_test.py
"""

import hashlib
import json
import os
import re
from pathlib import Path

import boto3
import pytest
import yaml
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

FILE = Path(__file__).resolve().parent.parent / "template.yaml"
TEXT = FILE.read_text()
TEMPLATE = yaml_parse(TEXT)
DEFAULTS = {name: str(each["Default"]) for name, each in TEMPLATE["Parameters"].items()}
MODEL = {"ModelSha256": "a" * 64, "CodeKey": f"code/{'c' * 64}.zip"}
# CloudFormation refuses a template in a request above this.
MOST_BYTES = 51_200

# Every resource with a wildcard, and why it has one.
WILDCARDS = {
    "${Bucket.Arn}/models/*": "classify loads the model that its settings name; the report reads its reference",
    "${Bucket.Arn}/flags/*": "keys hold a day, an hour and an id",
    "${Bucket.Arn}/settled-flags/*": "keys hold a day",
    "${Bucket.Arn}/flagged-images/*": "keys hold a day and an id",
    "${Bucket.Arn}/tallies/*": "keys hold a day, an hour and an environment",
    "${Bucket.Arn}/claims/*": "keys hold a day and two ids",
    "${Bucket.Arn}/reviews/*": "keys hold a day and two ids",
    "${Bucket.Arn}/baselines/*": "keys hold a model and an id",
    "${Bucket.Arn}/reports/*": "keys hold a day",
    "${Bucket.Arn}/backfill/*": "keys hold a run and a chunk or an id",
    "${Bucket.Arn}/results/*": "keys hold a run and a chunk",
    "arn:${AWS::Partition}:s3:::${BackfillBucket}/${BackfillPrefix}*": "the photos that a backfill may read",
    "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:execution:${AWS::StackName}-backfill/*": (
        "a map's chunks are executions whose names Step Functions makes"
    ),
    "*": "X-Ray has no resources to name; only with Tracing=Active",
}
# How a new version gets its traffic, not what runs: a change of these alone makes no version.
ON_THE_WAY = {"Canary", "Traffic", "PreviousVersion"}


def transform(**settings: str) -> dict:
    os.environ.setdefault("AWS_DEFAULT_REGION", "eu-central-1")
    translator = Translator({}, Parser(), boto_session=boto3.Session(region_name="eu-central-1"))
    return translator.translate(yaml_parse(TEXT), DEFAULTS | MODEL | settings)


def release(settings: dict[str, str]) -> str:
    """As the command line computes it: a hash over every setting and the template."""
    lines = "".join(
        f"{name}={value}\n" for name, value in sorted(settings.items()) if name not in {"Release"} | ON_THE_WAY
    )
    return hashlib.sha256(f"{lines}{hashlib.sha256(TEXT.encode()).hexdigest()}\n".encode()).hexdigest()


def version_id(**changed: str) -> str:
    settings = DEFAULTS | MODEL | changed
    resources = transform(**changed, Release=release(settings))["Resources"]
    (found,) = [name for name, each in resources.items() if each["Type"] == "AWS::Lambda::Version" and "Classify" in name]
    return found


DEPLOYED = transform(Release="b" * 64)["Resources"]


ALIAS = "ClassifyAliaslive"
SHIFTING = transform(
    Release="b" * 64,
    Canary="true",
    Traffic="Linear10PercentEvery3Minutes",
    PreviousVersion="7",
)["Resources"]


def of_type(kind: str) -> dict[str, dict]:
    return {name: each["Properties"] for name, each in DEPLOYED.items() if each["Type"] == kind}


def statements() -> list[tuple[str, dict]]:
    found = []
    for name, role in of_type("AWS::IAM::Role").items():
        assert "ManagedPolicyArns" not in role, f"{name} has a managed policy, whose statements nobody here reads"
        for policy in role["Policies"]:
            for statement in policy["PolicyDocument"]["Statement"]:
                found.append(
                    (
                        name,
                        statement["Fn::If"][1] if "Fn::If" in statement else statement,
                    )
                )
    return found


def listed(value: object) -> list:
    return value if isinstance(value, list) else [value]


@pytest.mark.parametrize("name", sorted(set(DEFAULTS) - {"Release"} - ON_THE_WAY))
def test_every_setting_makes_a_version_of_its_own(name: str) -> None:
    assert version_id(**{name: "changed" if name != "ModelSha256" else "d" * 64}) != version_id()


def test_the_same_settings_make_the_same_version() -> None:
    assert version_id() == version_id() == version_id(PreviousVersion="7")


def test_a_new_release_changes_the_function_itself() -> None:
    """Lambda publishes no version where nothing changed, and CloudFormation then fails with "a version exists"."""
    assert "b" * 64 in json.dumps(of_type("AWS::Lambda::Function")["Classify"]["Description"])


def test_without_a_model_there_is_only_the_bucket() -> None:
    unconditional = {name for name, each in DEPLOYED.items() if "Condition" not in each}
    assert unconditional == {"Bucket", "BucketPolicy"}
    assert TEMPLATE["Conditions"]["Complete"] == {"Fn::Not": [{"Fn::Equals": [{"Ref": "ModelSha256"}, ""]}]}


def test_snapstart_is_on_and_everything_calls_the_alias() -> None:
    for name in ("Classify", "BackfillWorker"):
        assert of_type("AWS::Lambda::Function")[name]["SnapStart"] == {"ApplyOn": "PublishedVersions"}
    assert list(of_type("AWS::Lambda::Alias")) == [ALIAS, "BackfillWorkerAliaslive"]
    paths = of_type("AWS::ApiGateway::RestApi")["Api"]["Body"]["paths"]
    for path, methods in paths.items():
        for method, operation in methods.items():
            uri = operation["x-amazon-apigateway-integration"]["uri"]["Fn::Sub"]
            assert uri.endswith("/functions/${Classify.Arn}:live/invocations"), f"{method} {path} calls {uri}"
    (weekly,) = [each for name, each in of_type("AWS::Events::Rule").items() if name.startswith("Classify")]
    assert weekly["Targets"][0]["Arn"] == {"Ref": ALIAS}
    assert of_type("AWS::Lambda::Permission")["ApiMayCallClassify"]["FunctionName"] == {
        "Fn::Sub": "${Classify.Arn}:live"
    }
    # It is named by its address, so that CloudFormation must be told to wait for it.
    assert DEPLOYED["ApiMayCallClassify"]["DependsOn"] == ALIAS


def test_only_posting_a_picture_or_a_claim_asks_for_a_key() -> None:
    paths = of_type("AWS::ApiGateway::RestApi")["Api"]["Body"]["paths"]
    assert {path: sorted(methods) for path, methods in paths.items()} == {
        "/": ["x-amazon-apigateway-any-method"],
        "/{proxy+}": ["x-amazon-apigateway-any-method"],
        "/v1/classify": ["post", "x-amazon-apigateway-any-method"],
        "/v1/claims": ["post", "x-amazon-apigateway-any-method"],
    }
    secured = [op for methods in paths.values() for op in methods.values() if "security" in op]
    assert secured == [paths["/v1/classify"]["post"], paths["/v1/claims"]["post"]]
    assert all(op["security"] == {"Fn::If": ["WithKey", [{"key": []}], []]} for op in secured)
    # The condition inside the body does not change its hash: without this the stage would keep the old answer.
    assert TEMPLATE["Resources"]["Api"]["Properties"]["AlwaysDeploy"] is True


def test_pictures_arrive_as_base64_and_the_stage_is_throttled() -> None:
    body = of_type("AWS::ApiGateway::RestApi")["Api"]["Body"]
    assert body["x-amazon-apigateway-binary-media-types"] == ["*/*"]
    (stage,) = of_type("AWS::ApiGateway::Stage").values()
    (settings,) = stage["MethodSettings"]
    assert settings["ThrottlingRateLimit"] == {"Ref": "RequestsPerSecond"}
    assert (settings["ResourcePath"], settings["HttpMethod"]) == ("/*", "*")


def test_what_the_gateway_refuses_is_a_problem_that_a_page_may_read() -> None:
    responses = of_type("AWS::ApiGateway::RestApi")["Api"]["Body"]["x-amazon-apigateway-gateway-responses"]
    assert {
        "DEFAULT_4XX",
        "DEFAULT_5XX",
        "REQUEST_TOO_LARGE",
        "INVALID_API_KEY",
        "THROTTLED",
    } <= set(responses)
    for kind, response in responses.items():
        headers = response["responseParameters"]
        assert headers["gatewayresponse.header.Content-Type"] == "'application/problem+json'", kind
        assert headers["gatewayresponse.header.Access-Control-Allow-Origin"] == "'*'", kind
        filled = response["responseTemplates"]["application/json"].replace("$context.error.messageString", '"m"')
        problem = json.loads(filled.replace("$context.requestId", "1"))
        assert {"title", "detail", "code", "id"} <= set(problem), kind
        assert problem.get("status") == response.get("statusCode"), kind


def test_no_statement_allows_every_action() -> None:
    for role, statement in statements():
        assert statement["Effect"] == "Allow"
        for action in listed(statement["Action"]):
            assert re.fullmatch(r"[a-z0-9]+:[A-Za-z]+", action), f"{role} allows {action}"


def test_every_wildcard_resource_has_a_reason() -> None:
    for role, statement in statements():
        for resource in listed(statement["Resource"]):
            text = resource if isinstance(resource, str) else resource.get("Fn::Sub", "")
            assert "*" not in text or text in WILDCARDS, f"{role}: {text} has a wildcard without a reason"


def test_classify_reads_models_and_writes_flags_images_tallies_and_claims_and_nothing_else() -> None:
    allowed = {
        (action, json.dumps(resource))
        for role, statement in statements() if role == "ClassifyRole"
        for action in listed(statement["Action"])
        for resource in listed(statement["Resource"])
    }  # fmt: skip
    written = ("flags", "flagged-images", "tallies", "claims")
    bucket = [("s3:GetObject", "models")] + [("s3:PutObject", each) for each in written]
    log = json.dumps({"Fn::GetAtt": ["ClassifyLog", "Arn"]})
    assert allowed == {(action, json.dumps({"Fn::Sub": f"${{Bucket.Arn}}/{prefix}/*"})) for action, prefix in bucket} | {
        ("logs:CreateLogStream", log), ("logs:PutLogEvents", log),
        ("xray:PutTraceSegments", '"*"'), ("xray:PutTelemetryRecords", '"*"'),
    }  # fmt: skip


def allowed(role: str) -> set[tuple[str, str]]:
    return {
        (action, resource.get("Fn::Sub") or ".".join(resource["Fn::GetAtt"]))
        for name, statement in statements() if name == role
        for action in listed(statement["Action"])
        for resource in listed(statement["Resource"])
    }  # fmt: skip


def test_the_backfill_reads_its_photos_and_writes_only_what_runs_leave() -> None:
    photos = "arn:${AWS::Partition}:s3:::${BackfillBucket}/${BackfillPrefix}*"
    assert allowed("BackfillRole") == {
        ("s3:GetObject", "${Bucket.Arn}/models/*"),
        ("s3:GetObject", photos),
        ("s3:GetObjectVersion", photos),
        ("s3:PutObject", "${Bucket.Arn}/backfill/*"),
        ("s3:PutObject", "${Bucket.Arn}/results/*"),
        ("logs:CreateLogStream", "BackfillLog.Arn"),
        ("logs:PutLogEvents", "BackfillLog.Arn"),
    }
    statements_of = DEPLOYED["BackfillRole"]["Properties"]["Policies"][0]["PolicyDocument"]["Statement"]
    (versions,) = [each["Fn::If"] for each in statements_of if "Fn::If" in each]
    assert versions[0] == "BackfillOfVersions" and versions[1]["Action"] == "s3:GetObjectVersion"


def test_the_map_calls_the_worker_by_its_alias_and_starts_nothing_but_itself() -> None:
    machine = "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:${AWS::StackName}-backfill"
    executions = machine.replace("stateMachine", "execution") + "/*"
    plan = ("s3:GetObject", "s3:PutObject", "s3:ListMultipartUploadParts", "s3:AbortMultipartUpload")
    assert allowed("BackfillMapRole") == {(action, "${Bucket.Arn}/backfill/*") for action in plan} | {
        ("lambda:InvokeFunction", "${BackfillWorker.Arn}:live"),
        ("states:StartExecution", machine),
        ("states:DescribeExecution", executions),
        ("states:StopExecution", executions),
    }
    states = TEMPLATE["Resources"]["Backfill"]["Properties"]["Definition"]["States"]
    (task,) = states["Chunks"]["ItemProcessor"]["States"].values()
    assert task["Parameters"]["FunctionName"] == {"Fn::Sub": "${BackfillWorker.Arn}:live"}
    assert task["Retry"][-1]["ErrorEquals"] == ["States.TaskFailed"]
    assert states["Chunks"]["MaxConcurrencyPath"] == "$.concurrency"


def test_without_a_bucket_of_photos_there_is_no_backfill() -> None:
    ours = {name for name in DEPLOYED if name.startswith("Backfill")}
    assert len(ours) == 7 and all(DEPLOYED[name]["Condition"] == "WithBackfill" for name in ours), ours
    assert TEMPLATE["Conditions"]["WithBackfill"]["Fn::And"][1] == {
        "Fn::Not": [{"Fn::Equals": [{"Ref": "BackfillBucket"}, ""]}]
    }


def test_tracing_is_allowed_only_where_it_is_asked_for() -> None:
    for role in of_type("AWS::IAM::Role").values():
        for policy in role["Policies"]:
            for statement in policy["PolicyDocument"]["Statement"]:
                if "xray" in json.dumps(statement):
                    assert statement["Fn::If"][0] == "Traced"
    assert TEMPLATE["Conditions"]["Traced"] == {"Fn::Equals": [{"Ref": "Tracing"}, "Active"]}


def test_without_a_canary_nothing_of_codedeploy_is_there_and_the_alias_moves_at_once() -> None:
    assert not [name for name, each in DEPLOYED.items() if each["Type"].startswith("AWS::CodeDeploy")]
    assert "UpdatePolicy" not in DEPLOYED[ALIAS]


def test_a_canary_moves_the_alias_through_codedeploy_and_back_on_an_alarm() -> None:
    (application,) = [name for name, each in SHIFTING.items() if each["Type"] == "AWS::CodeDeploy::Application"]
    (group,) = [name for name, each in SHIFTING.items() if each["Type"] == "AWS::CodeDeploy::DeploymentGroup"]
    assert SHIFTING[ALIAS]["UpdatePolicy"] == {
        "CodeDeployLambdaAliasUpdate": {
            "ApplicationName": {"Ref": application},
            "DeploymentGroupName": {"Ref": group},
        }
    }
    properties = SHIFTING[group]["Properties"]
    assert properties["DeploymentStyle"] == {
        "DeploymentType": "BLUE_GREEN",
        "DeploymentOption": "WITH_TRAFFIC_CONTROL",
    }
    assert "Linear10PercentEvery3Minutes" in json.dumps(properties["DeploymentConfigName"])
    assert properties["AutoRollbackConfiguration"]["Enabled"] is True
    assert "DEPLOYMENT_STOP_ON_ALARM" in properties["AutoRollbackConfiguration"]["Events"]
    named = json.dumps(properties["AlarmConfiguration"])
    for alarm in (
        "CanaryErrors",
        "CanarySlow",
        "CanaryFlagsLost",
        "CanaryFlagged",
        "CanaryRejected",
    ):
        assert f'{{"Ref": "{alarm}"}}' in named
        assert SHIFTING[alarm]["Condition"] == "Shifting"
        assert SHIFTING[alarm]["Properties"]["TreatMissingData"] == "notBreaching"
    (role,) = [each for name, each in SHIFTING.items() if name == "CodeDeployServiceRole"]
    (policy,) = role["Properties"]["ManagedPolicyArns"]
    assert json.dumps(policy).rstrip('"}]').endswith("AWSCodeDeployRoleForLambda")
    for name in (application, group, "CodeDeployServiceRole"):
        assert SHIFTING[name]["Condition"] == "Complete"


@pytest.mark.parametrize("step", sorted(TEMPLATE["Mappings"]["Steps"]))
def test_the_alarms_look_back_over_the_whole_of_every_step(step: str) -> None:
    whole = re.fullmatch(r"(Canary)?(?:Linear)?10Percent(?:Every)?(\d+)Minutes?", step)
    minutes = int(whole[2]) * (1 if whole[1] else 10)
    assert TEMPLATE["Mappings"]["Steps"][step]["Seconds"] == minutes * 60
    assert step in TEMPLATE["Parameters"]["Traffic"]["AllowedValues"]


def test_the_answers_of_the_new_version_are_compared_with_the_old_ones() -> None:
    for name, hits in (("CanaryFlagged", "Flagged"), ("CanaryRejected", "Rejected")):
        metrics = {each["Id"]: each for each in SHIFTING[name]["Properties"]["Metrics"]}
        measured = {i: each["MetricStat"]["Metric"] for i, each in metrics.items() if "MetricStat" in each}
        assert {i: each["MetricName"] for i, each in measured.items()} == {
            "new": "Answered", "old": "Answered", "newHits": hits, "oldHits": hits,
        }  # fmt: skip
        for i, metric in measured.items():
            (dimension,) = metric["Dimensions"]
            (version,) = [
                each for each, at in SHIFTING.items() if at["Type"] == "AWS::Lambda::Version" and "Classify" in each
            ]
            wanted = {"Ref": "PreviousVersion"} if i.startswith("old") else {"Fn::GetAtt": [version, "Version"]}
            assert dimension == {"Name": "FunctionVersion", "Value": wanted}
        assert [i for i, each in metrics.items() if each.get("ReturnData", True)] == ["differs"]
        assert "SEARCH" not in metrics["differs"]["Expression"], "alarms cannot SEARCH"
        assert len(metrics) <= 10, "CloudWatch takes ten"


def test_the_dashboard_is_json_and_names_only_what_the_stack_knows() -> None:
    body = TEMPLATE["Resources"]["Board"]["Properties"]["DashboardBody"]["Fn::Sub"]
    assert set(re.findall(r"\$\{([^}]+)}", body)) == {
        "AWS::StackName",
        "AWS::Region",
        "MemorySize",
    }
    widgets = json.loads(re.sub(r"\$\{[^}]+}", "1", body))["widgets"]
    titles = " ".join(each["properties"]["title"] for each in widgets)
    for word in (
        "Traffic",
        "Latency",
        "Errors",
        "Flagged",
        "Decisions",
        "Verdict",
        "costs",
    ):
        assert word in titles


def test_the_access_log_holds_no_address() -> None:
    log = TEMPLATE["Resources"]["Api"]["Properties"]["AccessLogSetting"]["Fn::If"][1]["Format"]
    assert not re.search(r"identity|sourceIp|userAgent|authorizer", log)
    assert json.loads(re.sub(r"\$context[.\w]+", "1", log))["event"] == "access"


def test_what_may_be_tried_again_says_when() -> None:
    responses = TEMPLATE["Resources"]["Api"]["Properties"]["DefinitionBody"]["x-amazon-apigateway-gateway-responses"]
    late = [each for each in responses.values() if each.get("statusCode") == 429]
    assert len(late) == 2
    assert all("gatewayresponse.header.Retry-After" in each["responseParameters"] for each in late)


def test_the_bucket_is_kept_private_encrypted_unversioned_and_forgets() -> None:
    bucket = DEPLOYED["Bucket"]
    assert bucket["DeletionPolicy"] == bucket["UpdateReplacePolicy"] == "Retain"
    assert all(bucket["Properties"]["PublicAccessBlockConfiguration"].values())
    assert "BucketEncryption" in bucket["Properties"] and "VersioningConfiguration" not in bucket["Properties"]
    rules = bucket["Properties"]["LifecycleConfiguration"]["Rules"]
    days = {rule["Prefix"]: rule["ExpirationInDays"] for rule in rules if "Prefix" in rule}
    assert days.pop("athena/") == 7
    assert {prefix: each["Ref"] for prefix, each in days.items()} == {
        "flags/": "FlagDays", "settled-flags/": "FlagDays", "reviews/": "FlagDays", "flagged-images/": "ImageDays", "tallies/": "TallyDays",
        "claims/": "FlagDays",
        "reports/": "ReportDays",
        "backfill/": "RunDays", "results/": "RunDays",
    }  # fmt: skip
    (deny,) = DEPLOYED["BucketPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    assert (deny["Effect"], deny["Condition"]) == (
        "Deny",
        {"Bool": {"aws:SecureTransport": "false"}},
    )


def test_all_functions_turn_telemetry_off_and_their_logs_expire() -> None:
    functions = of_type("AWS::Lambda::Function")
    assert set(functions) == {"Classify", "Report", "BackfillWorker"}
    for name, function in functions.items():
        assert function["Runtime"] == "java25"
        assert function["Environment"]["Variables"]["ORT_DISABLE_TELEMETRY"] == "1", name
        assert DEPLOYED[f"{name.removesuffix('Worker')}Log"]["Properties"]["RetentionInDays"] == {"Ref": "LogDays"}


def test_the_report_runs_at_two_and_its_absence_is_an_alarm() -> None:
    assert of_type("AWS::Events::Rule")["ReportNightly"]["ScheduleExpression"] == "cron(0 2 * * ? *)"
    absent = of_type("AWS::CloudWatch::Alarm")["NoReport"]
    assert (
        absent["Period"] * absent["EvaluationPeriods"],
        absent["TreatMissingData"],
    ) == (26 * 3600, "breaching")


def test_every_setting_says_what_it_is_and_what_it_may_be() -> None:
    for name, each in TEMPLATE["Parameters"].items():
        assert each["Description"] and "Default" in each, name
        assert {"AllowedValues", "AllowedPattern", "MinValue"} & set(each), name


def test_cloudformation_takes_the_file_as_it_is() -> None:
    assert len(TEXT.encode()) <= MOST_BYTES
    events = list(yaml.parse(TEXT))
    assert not [event for event in events if isinstance(event, yaml.AliasEvent)], "CloudFormation knows no YAML aliases"
