-- 1_areas.sql: the City of York and its 21 wards (York (Electoral Changes) Order 2014, SI 2014/3289),
-- with ONS codes, population and households where a public source gives them.
insert into wardmote.neighbourhood (slug, name, kind, about) values
    ('york', 'City of York', 'city', 'The whole city: 21 wards, from Strensall to Wheldrake.');
insert into wardmote.neighbourhood (slug, name, kind, parent_id, ons_code, population, households)
select v.slug, v.name, 'ward', c.id, v.ons_code, v.population, v.households
from (values
    ('acomb', 'Acomb', 'E05010311', 9151::integer, 3710::integer),
    ('bishopthorpe', 'Bishopthorpe', 'E05010312', 4160::integer, 1900::integer),
    ('clifton', 'Clifton', 'E05010313', 10097::integer, 4420::integer),
    ('copmanthorpe', 'Copmanthorpe', 'E05010314', 4129::integer, 1810::integer),
    ('dringhouses-woodthorpe', 'Dringhouses & Woodthorpe', 'E05010315', 11568::integer, 5310::integer),
    ('fishergate', 'Fishergate', 'E05010316', 11026::integer, 5050::integer),
    ('fulford-heslington', 'Fulford & Heslington', 'E05010317', 3914::integer, null::integer),
    ('guildhall', 'Guildhall', 'E05010318', 17978::integer, 8250::integer),
    ('haxby-wigginton', 'Haxby & Wigginton', 'E05010319', 11769::integer, 5440::integer),
    ('heworth', 'Heworth', 'E05010320', 14558::integer, 6210::integer),
    ('heworth-without', 'Heworth Without', 'E05010321', 3828::integer, 1780::integer),
    ('holgate', 'Holgate', 'E05010322', null::integer, null::integer),
    ('hull-road', 'Hull Road', 'E05010323', null::integer, null::integer),
    ('huntington-new-earswick', 'Huntington & New Earswick', 'E05010324', null::integer, null::integer),
    ('micklegate', 'Micklegate', 'E05010325', null::integer, null::integer),
    ('osbaldwick-derwent', 'Osbaldwick & Derwent', 'E05010326', null::integer, null::integer),
    ('rawcliffe-clifton-without', 'Rawcliffe & Clifton Without', 'E05010327', null::integer, null::integer),
    ('rural-west', 'Rural West York', 'E05010328', null::integer, null::integer),
    ('strensall', 'Strensall', 'E05010329', null::integer, null::integer),
    ('westfield', 'Westfield', 'E05010330', 14171::integer, null::integer),
    ('wheldrake', 'Wheldrake', 'E05010331', null::integer, null::integer)
) v(slug, name, ons_code, population, households),
    (select id from wardmote.neighbourhood where slug = 'york') c;
