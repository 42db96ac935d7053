-- 0043_receipts.sql: receipts are looked up now and then, ballots come in rushes. A tree with a
-- random key for each ballot was a sixth of the work of storing one and, after every checkpoint,
-- wrote a page for nearly each; a Bloom filter over every 32 pages costs a ballot nothing, as it is
-- made when the pages are full (or by the next vacuum). A look-up among a million ballots reads all
-- filters, two MiB, and perhaps a range for nothing; pages without a filter yet are read as they are.
drop index revision_receipt;
create index revision_receipt on revision
    using brin (receipt int8_bloom_ops (false_positive_rate = 0.001))
    with (pages_per_range = 32, autosummarize = on);
