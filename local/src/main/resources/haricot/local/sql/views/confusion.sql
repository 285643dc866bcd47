with said as (
  select dt, flag, max_by(label, "$path") as truth from reviews where schema = 1 group by dt, flag
)
select f.dt, f.model.name as model, f.model.version as version, f.decision, s.truth,
  if(f.decision = 'reject', 'rejected', f.label) as answer, count(*) as reviewed, sum(1e0 / f.samplingprobability) as weight
from flags f join said s on s.flag = f.id and s.dt = f.dt
where f.schema = 1 and s.truth <> 'cannot-tell'
group by f.dt, f.model.name, f.model.version, f.decision, s.truth, if(f.decision = 'reject', 'rejected', f.label)
