-- damm_digit(digits): the Damm check digit of some digits, as common/damm.c makes it (H. Michael
-- Damm's quasigroup of order 10, 2004; the table is the one of common/damm.c).
-- Called by other functions only. Locks: none.
create function api.damm_digit(p_digits text) returns integer
language plpgsql immutable as $$
declare
    quasigroup constant text[] := array[
        '0317598642', '7092154863', '4206871359', '1750983426', '6123045978',
        '3674209581', '5869720134', '8945362017', '9438617205', '2581436790'];
    interim integer := 0;
begin
    for i in 1 .. length(p_digits) loop
        interim := substr(quasigroup[interim + 1], substr(p_digits, i, 1)::integer + 1, 1);
    end loop;
    return interim;
end
$$;
