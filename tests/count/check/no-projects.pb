META
key;value
description;A small vote
country;United Kingdom
unit;York
instance;2025
num_projects;0
num_votes;4
budget;100
vote_type;approval
rule;greedy
date_begin;01.05.2025
date_end;31.05.2025
max_length;2
PROJECTS
project_id;cost;votes;name;selected
VOTES
voter_id;vote
