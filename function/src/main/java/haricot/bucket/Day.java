package haricot.bucket;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A day of tallies, merged by model. Some twelve hundred environment-hours become one
/// object of this form once none of them can still come late.
///
/// @param schema 1
/// @param models in the order of their versions
/// @param skipped what was among the tallies and is not one
public record Day(int schema, LocalDate day, List<OfModel> models, List<Skipped> skipped) {
    static final int SCHEMA = 1;

    private static final Comparator<Tally.Model> BY_VERSION = Comparator.comparing(Tally.Model::name)
            .thenComparing(Tally.Model::version).thenComparing(Tally.Model::sha256);

    /// What one model answered that day.
    ///
    /// @param total all of its tallies merged
    /// @param units one per environment-hour, which the bootstrap draws from
    public record OfModel(Tally total, List<Unit> units) {

        private Edges.Weighed weighed() {
            return new Edges.Weighed(total, units.size());
        }

        private OfModel plus(OfModel other) {
            List<Unit> both = new ArrayList<>(units);
            both.addAll(other.units);
            return new OfModel(total.plus(other.total), both);
        }
    }

    /// One environment-hour.
    ///
    /// @param hour 0 to 23
    public record Unit(int hour, long answered, long flagged) {

        public Unit {
            if (hour < 0 || hour > 23 || flagged < 0 || flagged > answered) {
                throw new IllegalArgumentException(
                        "in hour " + hour + " " + flagged + " flagged of " + answered + " answered");
            }
        }
    }

    /// A tally as it was in the bucket.
    public record Stored(String key, int hour, Tally tally) {
        private OfModel ofModel() {
            return new OfModel(tally, List.of(new Unit(hour, tally.answered(), tally.flagged())));
        }
    }

    public Day {
        if (schema != SCHEMA) {
            throw new IllegalArgumentException("a day of schema " + schema + ", expected " + SCHEMA);
        }
        models = List.copyOf(models);
        skipped = List.copyOf(skipped);
    }

    /// Nothing yet.
    public static Day empty(LocalDate day) {
        return new Day(SCHEMA, day, List.of(), List.of());
    }

    /// This and more tallies of the same day. One that cannot be added is skipped and
    /// named.
    public Day plus(List<Stored> tallies, List<Skipped> unreadable) {
        Map<Tally.Model, OfModel> merged = new TreeMap<>(BY_VERSION);
        models.forEach(model -> merged.put(model.total().model(), model));
        List<Skipped> unusable = new ArrayList<>(skipped);
        unusable.addAll(unreadable);
        Edges usual = Edges
                .ofMost(Stream.concat(models.stream(), tallies.stream().map(Stored::ofModel)).map(OfModel::weighed)
                        .toList());
        for (Stored stored : tallies) {
            try {
                usual.require(stored.tally());
                merged.merge(stored.tally().model(), stored.ofModel(), OfModel::plus);
            } catch (IllegalArgumentException unlike) {
                unusable.add(new Skipped(stored.key(), unlike.getMessage()));
            }
        }
        return new Day(SCHEMA, day, List.copyOf(merged.values()), unusable);
    }

    /// The same days, without what cannot be added to the others': that is skipped and named.
    static List<Day> alike(List<Day> days) {
        Edges usual = Edges.ofMost(days.stream().flatMap(day -> day.models().stream()).map(OfModel::weighed).toList());
        Map<Tally.Model, OfModel> sums = new TreeMap<>(BY_VERSION);
        return days.stream().map(day -> day.addableTo(sums, usual)).toList();
    }

    /// Adds its models to the sums, and leaves out those with which that does not work.
    private Day addableTo(Map<Tally.Model, OfModel> sums, Edges usual) {
        List<OfModel> added = new ArrayList<>();
        List<Skipped> unusable = new ArrayList<>(skipped);
        for (OfModel model : models) {
            try {
                usual.require(model.total());
                sums.merge(model.total().model(), model, OfModel::plus);
                added.add(model);
            } catch (IllegalArgumentException unlike) {
                unusable.add(new Skipped(Keys.tallies(day), unlike.getMessage()));
            }
        }
        return new Day(schema, day, added, unusable);
    }

    long answered() {
        return models.stream().mapToLong(model -> model.total().answered()).sum();
    }

    /// Each model over several days.
    public static List<OfModel> merge(List<Day> days) {
        Map<Tally.Model, OfModel> merged = new TreeMap<>(BY_VERSION);
        for (Day day : days) {
            day.models().forEach(model -> merged.merge(model.total().model(), model, OfModel::plus));
        }
        return List.copyOf(merged.values());
    }
}
