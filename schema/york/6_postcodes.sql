-- 6_postcodes.sql: which wards each postcode district of York reaches, for finding one's
-- neighbourhood. From the places that each district is known by (Wikipedia, "YO postcode area" and
-- "Areas of the City of York") and the ward in which each of them lies; it is not the national
-- directory, and the far edge of a ward may be missing: a council loads its own file at
-- /desk/postcodes. Districts never decide who may vote.
insert into wardmote.postcode_part (part, neighbourhood_id)
select d.part, n.id
from (values
    ('YO1', array['guildhall', 'micklegate', 'fishergate']),
    ('YO10', array['fishergate', 'fulford-heslington', 'heworth', 'hull-road', 'osbaldwick-derwent']),
    ('YO19', array['fulford-heslington', 'osbaldwick-derwent', 'wheldrake']),
    ('YO23', array['bishopthorpe', 'copmanthorpe', 'micklegate', 'rural-west']),
    ('YO24', array['acomb', 'dringhouses-woodthorpe', 'holgate', 'micklegate', 'westfield']),
    ('YO26', array['acomb', 'holgate', 'rural-west', 'westfield']),
    ('YO30', array['clifton', 'guildhall', 'rawcliffe-clifton-without', 'rural-west']),
    ('YO31', array['clifton', 'guildhall', 'heworth', 'heworth-without', 'huntington-new-earswick']),
    ('YO32', array['haxby-wigginton', 'huntington-new-earswick', 'strensall']),
    ('YO41', array['osbaldwick-derwent', 'wheldrake'])
) d(part, slugs)
join wardmote.neighbourhood n on n.slug = any (d.slugs);
