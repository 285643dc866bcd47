#!/usr/bin/env bash
# What cold starts cost on AWS: makes N of them, then reads Restore Duration, Init Duration and Duration from the log.
#
# Usage: bench/aws.sh [-n N] [-s STACK]        (20 cold starts of the stack haricot unless told otherwise)
#
# Needs the AWS command line, signed in. Each cold start is a newly published version, called once: a version of its own
# is the only thing whose first call is cold for certain. Publishing one takes AWS a minute or more, so 20 take about half
# an hour; they are deleted at the end. It costs cents. No figure of Haricot's documents comes from it: it has never run
# against AWS.
set -euo pipefail

starts=20
stack=haricot
while getopts n:s: option; do
    case $option in
        n) starts=$OPTARG ;;
        s) stack=$OPTARG ;;
        *) exit 64 ;;
    esac
done
command -v aws >/dev/null || { echo "bench/aws.sh: the AWS command line is missing (aws)" >&2; exit 69; }

function=$stack-classify
work=$(mktemp -d)
versions=()
description=$(aws lambda get-function-configuration --function-name "$function" --query Description --output text)

clean() {
    for version in "${versions[@]}"; do
        aws lambda delete-function --function-name "$function" --qualifier "$version" || true
    done
    aws lambda update-function-configuration --function-name "$function" --description "$description" >/dev/null
    rm -rf "$work"
}
trap clean EXIT

# A drawn picture: one pixel is enough for a start, and costs a start's price only.
picture=iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==
cat >"$work/event.json" <<EVENT
{"resource": "/v1/classify", "path": "/v1/classify", "httpMethod": "POST", "headers": {"content-type": "image/png"},
 "queryStringParameters": null, "pathParameters": null, "requestContext": {"stage": "Prod", "requestId": "bench"},
 "body": "$picture", "isBase64Encoded": true}
EVENT

begin=$(date +%s)
for number in $(seq "$starts"); do
    # Lambda publishes no version of a function that has not changed.
    aws lambda update-function-configuration --function-name "$function" --description "cold start $number" >/dev/null
    aws lambda wait function-updated-v2 --function-name "$function"
    version=$(aws lambda publish-version --function-name "$function" --query Version --output text)
    versions+=("$version")
    aws lambda wait published-version-active --function-name "$function" --qualifier "$version"
    aws lambda invoke --function-name "$function:$version" --cli-binary-format raw-in-base64-out \
        --payload "file://$work/event.json" "$work/answer.json" --query StatusCode --output text >/dev/null
    printf '\r%d of %d cold starts' "$number" "$starts" >&2
done
echo >&2

# What Lambda reports reaches Logs Insights some minutes later.
sleep 180
query=$(aws logs start-query --log-group-name "/aws/lambda/$function" --start-time "$begin" --end-time "$(date +%s)" \
    --query queryId --output text --query-string '
        fields @message
        | filter @type = "REPORT" and @message like /Restore Duration|Init Duration/
        | parse @message /\tDuration: (?<duration>[0-9.]+) ms/
        | parse @message /Restore Duration: (?<restore>[0-9.]+) ms/
        | parse @message /Init Duration: (?<init>[0-9.]+) ms/
        | stats count(duration) as starts,
                pct(restore, 50) as restore_p50, pct(restore, 90) as restore_p90, pct(restore, 99) as restore_p99,
                pct(init, 50) as init_p50, pct(init, 90) as init_p90, pct(init, 99) as init_p99,
                pct(duration, 50) as duration_p50, pct(duration, 90) as duration_p90, pct(duration, 99) as duration_p99')
status=Running
while [ "$status" = Running ] || [ "$status" = Scheduled ]; do
    sleep 2
    status=$(aws logs get-query-results --query-id "$query" --query status --output text)
done
echo "milliseconds; restore for SnapStart, init where a start had no snapshot, duration of the first request"
aws logs get-query-results --query-id "$query" --query 'results[0][].[field,value]' --output text
