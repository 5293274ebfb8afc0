-- last_change is the number of the last look that was counted
create table album_views (
    album_id integer primary key references album,
    views integer default 0 not null,
    last_change bigint default 0 not null
);

insert into album_views (album_id) select album_id from album;
