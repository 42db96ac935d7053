-- 7_themes.sql: what each proposal of the demonstration is about, by its short name. Their first
-- wording has it already: nobody changed anything.
alter table wardmote.proposal disable trigger user;
update wardmote.proposal p set theme = t.theme
from (values
    ('Streets', array['Cycle racks', 'Path lights', 'Crossing study', 'Alley gates', 'New bins', 'Slow traffic',
                      'School street', 'Raised crossing', 'Mended pavement', 'Late bus', 'Dropped kerbs',
                      'Cycle stands', 'Cycle hangar', 'Bus shelter', 'Clock', 'Noticeboards']),
    ('Green spaces', array['Apple trees', 'Allotment path', 'Wildlife pond', 'Planters', 'Benches', 'Street trees',
                           'Wall benches', 'River seats', 'River safety']),
    ('Young people', array['Youth evenings', 'Swings', 'Music', 'Friday football', 'Garden store', 'Forest school',
                           'Youth theatre']),
    ('Meeting and helping', array['Repair cafe', 'Lunch club', 'Home safety', 'Hall floor', 'Defibrillator',
                                  'Walking books', 'Five languages', 'Woodwork', 'Warm room', 'Phone friends',
                                  'Summer fair', 'Christmas lift', 'Stage', 'Lend library', 'Fridges'])
) t(theme, names)
where p.short_name = any (t.names);
update wardmote.proposal_revision v set theme = p.theme from wardmote.proposal p where p.id = v.proposal_id;
alter table wardmote.proposal enable trigger user;
