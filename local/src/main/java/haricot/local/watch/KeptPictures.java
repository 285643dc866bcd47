package haricot.local.watch;

import haricot.bucket.S3Reviews;
import haricot.bucket.StoredFlag;
import java.util.Optional;

/// Pictures that were kept with the flags of what callers sent.
record KeptPictures(S3Reviews reviews) implements FlagPictures {
    @Override
    public boolean has(StoredFlag flag) {
        return !flag.pictureKey().isEmpty();
    }

    @Override
    public Optional<byte[]> of(StoredFlag flag) {
        return reviews.picture(flag);
    }

    @Override
    public String place(StoredFlag flag) {
        return "";
    }
}
