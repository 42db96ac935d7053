META
key;value
description;Money is left that pays for a project
country;United Kingdom
unit;York
instance;2025
num_projects;2
num_votes;1
budget;100
vote_type;approval
rule;greedy
date_begin;2025
date_end;01.10.2025
PROJECTS
project_id;cost;selected
a;60;1
b;40;0
VOTES
voter_id;vote
1;a,b
