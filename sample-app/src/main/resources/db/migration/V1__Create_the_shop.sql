create table artist (
    artist_id integer primary key,
    name varchar(120) not null
);

create table album (
    album_id integer primary key,
    title varchar(160) not null,
    artist_id integer not null references artist
);

create table genre (
    genre_id integer primary key,
    name varchar(60) not null
);

create table media_type (
    media_type_id integer primary key,
    name varchar(60) not null
);

-- search_text holds name, album and artist in lower case without accents
create table track (
    track_id integer primary key,
    name varchar(200) not null,
    album_id integer not null references album,
    media_type_id integer not null references media_type,
    genre_id integer not null references genre,
    composer varchar(220),
    milliseconds integer not null,
    bytes integer not null,
    unit_price numeric(10, 2) not null check (unit_price >= 0),
    search_text varchar(1000) default '' not null
);

create table customer (
    customer_id integer primary key,
    first_name varchar(40) not null,
    last_name varchar(40) not null,
    company varchar(80),
    address varchar(80) not null,
    city varchar(40) not null,
    state varchar(40),
    country varchar(40) not null,
    postal_code varchar(20),
    phone varchar(24),
    fax varchar(24),
    email varchar(60) not null unique,
    support_rep_id integer
);

create table invoice (
    invoice_id integer primary key,
    customer_id integer not null references customer,
    invoice_date timestamp not null,
    billing_address varchar(80),
    billing_city varchar(40),
    billing_state varchar(40),
    billing_country varchar(40),
    billing_postal_code varchar(20),
    total numeric(10, 2) not null
);

create table invoice_line (
    invoice_line_id integer primary key,
    invoice_id integer not null references invoice,
    track_id integer not null references track,
    unit_price numeric(10, 2) not null,
    quantity integer not null check (quantity > 0)
);

create index album_artist on album (artist_id);
create index track_album on track (album_id);
create index invoice_customer on invoice (customer_id);
create index invoice_line_invoice on invoice_line (invoice_id);
create index invoice_line_track on invoice_line (track_id);
