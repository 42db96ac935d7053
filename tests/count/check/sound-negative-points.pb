META
key;value
description;A small vote
country;United Kingdom
unit;York
instance;2025
num_projects;3
num_votes;4
budget;100
vote_type;scoring
rule;greedy
date_begin;01.05.2025
date_end;31.05.2025
PROJECTS
project_id;cost;votes;score;name
a;60;3;-1;Bench
b;50;2;4;Trees
c;30;2;1;Lamp
VOTES
voter_id;vote;points
1;a,b;3,2
2;a,c;0,0
3;a;-4
4;b,c;2,1
