package haricot.local.host;

import software.amazon.awssdk.core.exception.SdkException;

/// What AWS, or the way to it, objects to, in words for the person who called.
public final class AwsRefusal {
    private AwsRefusal() {}

    /// @param place what was asked, such as `s3://my-bucket`
    public static Failure of(String place, SdkException refused) {
        String said = String.valueOf(refused.getMessage());
        if (said.contains("Unable to load region")) {
            return new Failure(place + ": no AWS region is set up: name one with AWS_REGION, such as eu-central-1",
                    refused);
        }
        if (said.contains("Unable to load credentials") || said.contains("Profile file contained no credentials")) {
            return new Failure(
                    place + ": nobody is signed in to AWS: run 'aws configure sso' once and 'aws sso login', or"
                            + " name a profile with AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
                    refused);
        }
        return new Failure(place + ": " + said, refused);
    }
}
