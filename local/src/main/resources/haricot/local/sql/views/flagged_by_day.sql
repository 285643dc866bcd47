with days as (
  select dt, sum(answered) as answered, sum(flagged) as flagged
  from tallies where schema = 1 group by dt having sum(answered) > 0
), shares as (
  select dt, answered, flagged, cast(answered as double) as n, cast(flagged as double) / cast(answered as double) as share
  from days
)
select dt, cast(answered as bigint) as answered, cast(flagged as bigint) as flagged, share,
  if(share = 0e0, 0e0, (share + 1.959963984540054e0 * 1.959963984540054e0 / (2e0 * n) - 1.959963984540054e0 * sqrt(share * (1e0 - share) / n + 1.959963984540054e0 * 1.959963984540054e0 / (4e0 * n * n))) / (1e0 + 1.959963984540054e0 * 1.959963984540054e0 / n)) as low,
  if(share = 1e0, 1e0, (share + 1.959963984540054e0 * 1.959963984540054e0 / (2e0 * n) + 1.959963984540054e0 * sqrt(share * (1e0 - share) / n + 1.959963984540054e0 * 1.959963984540054e0 / (4e0 * n * n))) / (1e0 + 1.959963984540054e0 * 1.959963984540054e0 / n)) as high
from shares
