META
key;value
description;A small vote
country;United Kingdom
unit;York
instance;2025
num_projects;3
num_votes;4
budget;100
vote_type;approval
rule;greedy
date_begin;01.05.2025
date_end;31.05.2025
max_length;2
PROJECTS
project_id;cost;votes;name;colour;selected
a;60;3;Bench;red;1
b;50;2;Trees;green;0
c;30;2;Lamp;;1
VOTES
voter_id;vote
1;a,b
2;a,c
3;a
4;b,c
