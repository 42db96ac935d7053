META
key;value
description;Acomb ward, "our street" 2025
country;United Kingdom
unit;York
instance;2025
num_projects;9
num_votes;12
budget;1000.50
vote_type;approval
rule;greedy
date_begin;01.10.2025
date_end;31.10.2025
currency;GBP
max_length;4
PROJECTS
project_id;cost;votes;name
1012;400;7;"Trees; Front Street"
1024;300.25;6;Bench by the Green
1035;300.25;6;Planters
1047;250.00;6;Bike stands
1058;2000;5;New hall roof
1060;150.25;4;Café tables
1071;0.25;3;Notice board
1083;75;0;Unloved idea
1095;999999999;2;Withdrawn fountain
VOTES
voter_id;vote;voting_method
00f1;1012,1024,1047;internet
00f2;1012,1024,1058,1071;internet
00f3;1012,1024,1047;internet
00f4;1012,1024;internet
00f5;1012,1035,1047,1058;internet
00f6;1012,1035,1060;internet
00f7;1012,1035,1060,1095;internet
00f8;1024,1035,1058;internet
00f9;1024,1035,1047,1060;internet
00fa;1035,1047,1058,1071;internet
00fb;1047,1058,1071;internet
00fc;1060,1095;internet
