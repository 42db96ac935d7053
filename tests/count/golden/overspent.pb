META
key;value
description;The column selected does not add up
country;United Kingdom
unit;York
instance;2025
num_projects;2
num_votes;1
budget;100
vote_type;approval
rule;greedy-threshold
date_begin;31.10.2025
date_end;01.10.2025
PROJECTS
project_id;cost;selected
a;60;1
b;60;1
VOTES
voter_id;vote
1;a,b
