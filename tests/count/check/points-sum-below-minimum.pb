META
key;value
description;A small vote
country;United Kingdom
unit;York
instance;2025
num_projects;3
num_votes;4
budget;100
vote_type;cumulative
rule;greedy
date_begin;01.05.2025
date_end;31.05.2025
min_sum_points;2.6
max_sum_points;5
PROJECTS
project_id;cost;votes;score;name;selected
a;60;3;8;Bench;1
b;50;2;4;Trees;0
c;30;2;3;Lamp;1
VOTES
voter_id;vote;points
1;a,b;3,2
2;a,c;3,2
3;a;2
4;b,c;2,1
