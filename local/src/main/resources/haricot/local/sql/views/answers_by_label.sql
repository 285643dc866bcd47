select t.dt, t.model.name as model, t.model.version as version, l.label, cast(sum(t.labels[l.label]) as bigint) as answered
from tallies t cross join unnest(map_keys(t.labels)) as l(label)
where t.schema = 1
group by t.dt, t.model.name, t.model.version, l.label
