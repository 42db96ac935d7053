META
key;value
description;Shall Acomb adopt its neighbourhood agreement?
num_votes;5
budget;1
vote_type;choose-1
PROJECTS
project_id;cost;name
yes;1;Yes
no;1;No
VOTES
voter_id;vote
00f1;yes
00f2;no
00f3;yes
00f4;yes
00f5;
