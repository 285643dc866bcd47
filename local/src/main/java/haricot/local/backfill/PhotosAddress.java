package haricot.local.backfill;

import haricot.local.host.Failure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where photos lie: `s3://BUCKET/PREFIX`, taken literally.
///
/// @param prefix empty for the whole bucket
record PhotosAddress(String bucket, String prefix) {
    private static final Pattern FORM = Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*))?",
            Pattern.DOTALL);

    /// @throws Failure if it is none
    static PhotosAddress parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new Failure("\"" + text + "\" is no address of photos such as s3://my-photos/2019/");
        }
        return new PhotosAddress(matcher.group(1), matcher.group(2) == null ? "" : matcher.group(2));
    }

    /// @throws Failure if the stack's worker may not read them
    void requireReadable(String stack, String allowedBucket, String allowedPrefix) {
        if (!bucket.equals(allowedBucket) || !prefix.startsWith(allowedPrefix)) {
            throw new Failure("the stack " + stack + " may read s3://" + allowedBucket + "/" + allowedPrefix
                    + " and not " + this + ": './haricot deploy --set BackfillBucket=" + bucket
                    + " --set BackfillPrefix=" + prefix + "' changes that");
        }
    }

    @Override
    public String toString() {
        return "s3://" + bucket + "/" + prefix;
    }
}
