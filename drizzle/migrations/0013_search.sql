-- What a text search compares: without the marks of Latin, Greek and Cyrillic letters, case and punctuation. The one function for what is stored and
-- for what is typed. Other scripts' marks belong to their words (が is not か): they are put together again, and what stays apart, such as
-- the vowels of Hindi, is listed as parts of words, since a regular expression here has no name for them.
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;--> statement-breakpoint
-- An amount is one word, however it is written: without the commas of thousands and without zeros at its end, 1,000.00 as 1000 and 12.50 as 12.5.
CREATE FUNCTION plain_amounts(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
  regexp_replace(regexp_replace(regexp_replace(said, '([0-9]),(?=[0-9]{3}(?![0-9]))', '\1', 'g'),
    '([0-9])\.0+(?!\.?[0-9])', '\1', 'g'), '([0-9]\.[0-9]*[1-9])0+(?!\.?[0-9])', '\1', 'g');--> statement-breakpoint
CREATE FUNCTION search_normal(raw text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
  btrim(regexp_replace(plain_amounts(translate(lower(normalize(
    regexp_replace(normalize(translate(raw, U&'''\2019\2018`\00b4\2122\00ae\00a9\2120\00ad\200c\200d', ''), NFKD), '[\u0300-\u036f]', '', 'g'), NFKC)),
    'øłđıħ', 'oldih')),
    '(?:(?<![0-9])\.|\.(?![0-9])|[^.[:alnum:]\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u07a6-\u07b0\u08d3-\u0963\u0971-\u09f1\u0a01-\u0af0\u0b01-\u0bef\u0c00-\u0df3\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u0f71-\u0f84\u0f86-\u0fbc\u102b-\u103e\u1056-\u109d\u17b4-\u17d3\u17dd\u3099\u309a\u30fc])+',
    ' ', 'g'));--> statement-breakpoint
-- The words that somebody typed, each once, in their order.
CREATE FUNCTION search_words(typed text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(word ORDER BY place), '{}') FROM (
    SELECT word, min(place) AS place FROM string_to_table(search_normal(typed), ' ') WITH ORDINALITY AS typed (word, place)
    WHERE word <> '' GROUP BY word ORDER BY 2 LIMIT 8) words
$$;--> statement-breakpoint

-- Countries are found by what people call them; `also` holds other names and short forms.
CREATE TABLE countries (code text PRIMARY KEY, name text NOT NULL, also text DEFAULT '' NOT NULL);--> statement-breakpoint
GRANT SELECT ON countries TO steller_app;--> statement-breakpoint
INSERT INTO countries (code, name, also) VALUES
  ('AD', 'Andorra', ''), ('AE', 'United Arab Emirates', 'UAE Emirates'), ('AF', 'Afghanistan', ''),
  ('AG', 'Antigua & Barbuda', ''), ('AI', 'Anguilla', ''), ('AL', 'Albania', ''), ('AM', 'Armenia', ''),
  ('AO', 'Angola', ''), ('AQ', 'Antarctica', ''), ('AR', 'Argentina', ''), ('AS', 'American Samoa', ''),
  ('AT', 'Austria', ''), ('AU', 'Australia', ''), ('AW', 'Aruba', ''), ('AX', 'Åland Islands', ''),
  ('AZ', 'Azerbaijan', ''), ('BA', 'Bosnia & Herzegovina', ''), ('BB', 'Barbados', ''), ('BD', 'Bangladesh', ''),
  ('BE', 'Belgium', ''), ('BF', 'Burkina Faso', ''), ('BG', 'Bulgaria', ''), ('BH', 'Bahrain', ''), ('BI', 'Burundi', ''),
  ('BJ', 'Benin', ''), ('BL', 'St. Barthélemy', ''), ('BM', 'Bermuda', ''), ('BN', 'Brunei', ''), ('BO', 'Bolivia', ''),
  ('BQ', 'Caribbean Netherlands', ''), ('BR', 'Brazil', ''), ('BS', 'Bahamas', ''), ('BT', 'Bhutan', ''),
  ('BV', 'Bouvet Island', ''), ('BW', 'Botswana', ''), ('BY', 'Belarus', ''), ('BZ', 'Belize', ''), ('CA', 'Canada', ''),
  ('CC', 'Cocos (Keeling) Islands', ''), ('CD', 'Congo - Kinshasa', ''), ('CF', 'Central African Republic', ''),
  ('CG', 'Congo - Brazzaville', ''), ('CH', 'Switzerland', ''), ('CI', 'Côte d’Ivoire', ''), ('CK', 'Cook Islands', ''),
  ('CL', 'Chile', ''), ('CM', 'Cameroon', ''), ('CN', 'China', ''), ('CO', 'Colombia', ''), ('CR', 'Costa Rica', ''),
  ('CU', 'Cuba', ''), ('CV', 'Cape Verde', ''), ('CW', 'Curaçao', ''), ('CX', 'Christmas Island', ''),
  ('CY', 'Cyprus', ''), ('CZ', 'Czechia', 'Czech Republic'), ('DE', 'Germany', ''), ('DJ', 'Djibouti', ''),
  ('DK', 'Denmark', ''), ('DM', 'Dominica', ''), ('DO', 'Dominican Republic', ''), ('DZ', 'Algeria', ''),
  ('EC', 'Ecuador', ''), ('EE', 'Estonia', ''), ('EG', 'Egypt', ''), ('EH', 'Western Sahara', ''), ('ER', 'Eritrea', ''),
  ('ES', 'Spain', ''), ('ET', 'Ethiopia', ''), ('FI', 'Finland', ''), ('FJ', 'Fiji', ''), ('FK', 'Falkland Islands', ''),
  ('FM', 'Micronesia', ''), ('FO', 'Faroe Islands', ''), ('FR', 'France', ''), ('GA', 'Gabon', ''),
  ('GB', 'United Kingdom', 'UK Britain England'), ('GD', 'Grenada', ''), ('GE', 'Georgia', ''),
  ('GF', 'French Guiana', ''), ('GG', 'Guernsey', ''), ('GH', 'Ghana', ''), ('GI', 'Gibraltar', ''),
  ('GL', 'Greenland', ''), ('GM', 'Gambia', ''), ('GN', 'Guinea', ''), ('GP', 'Guadeloupe', ''),
  ('GQ', 'Equatorial Guinea', ''), ('GR', 'Greece', ''), ('GS', 'South Georgia & South Sandwich Islands', ''),
  ('GT', 'Guatemala', ''), ('GU', 'Guam', ''), ('GW', 'Guinea-Bissau', ''), ('GY', 'Guyana', ''),
  ('HK', 'Hong Kong SAR China', ''), ('HM', 'Heard & McDonald Islands', ''), ('HN', 'Honduras', ''), ('HR', 'Croatia', ''),
  ('HT', 'Haiti', ''), ('HU', 'Hungary', ''), ('ID', 'Indonesia', ''), ('IE', 'Ireland', ''), ('IL', 'Israel', ''),
  ('IM', 'Isle of Man', ''), ('IN', 'India', ''), ('IO', 'British Indian Ocean Territory', ''), ('IQ', 'Iraq', ''),
  ('IR', 'Iran', ''), ('IS', 'Iceland', ''), ('IT', 'Italy', ''), ('JE', 'Jersey', ''), ('JM', 'Jamaica', ''),
  ('JO', 'Jordan', ''), ('JP', 'Japan', ''), ('KE', 'Kenya', ''), ('KG', 'Kyrgyzstan', ''), ('KH', 'Cambodia', ''),
  ('KI', 'Kiribati', ''), ('KM', 'Comoros', ''), ('KN', 'St. Kitts & Nevis', ''), ('KP', 'North Korea', ''),
  ('KR', 'South Korea', 'Korea'), ('KW', 'Kuwait', ''), ('KY', 'Cayman Islands', ''), ('KZ', 'Kazakhstan', ''),
  ('LA', 'Laos', ''), ('LB', 'Lebanon', ''), ('LC', 'St. Lucia', ''), ('LI', 'Liechtenstein', ''), ('LK', 'Sri Lanka', ''),
  ('LR', 'Liberia', ''), ('LS', 'Lesotho', ''), ('LT', 'Lithuania', ''), ('LU', 'Luxembourg', ''), ('LV', 'Latvia', ''),
  ('LY', 'Libya', ''), ('MA', 'Morocco', ''), ('MC', 'Monaco', ''), ('MD', 'Moldova', ''), ('ME', 'Montenegro', ''),
  ('MF', 'St. Martin', ''), ('MG', 'Madagascar', ''), ('MH', 'Marshall Islands', ''), ('MK', 'North Macedonia', ''),
  ('ML', 'Mali', ''), ('MM', 'Myanmar (Burma)', ''), ('MN', 'Mongolia', ''), ('MO', 'Macao SAR China', ''),
  ('MP', 'Northern Mariana Islands', ''), ('MQ', 'Martinique', ''), ('MR', 'Mauritania', ''), ('MS', 'Montserrat', ''),
  ('MT', 'Malta', ''), ('MU', 'Mauritius', ''), ('MV', 'Maldives', ''), ('MW', 'Malawi', ''), ('MX', 'Mexico', ''),
  ('MY', 'Malaysia', ''), ('MZ', 'Mozambique', ''), ('NA', 'Namibia', ''), ('NC', 'New Caledonia', ''),
  ('NE', 'Niger', ''), ('NF', 'Norfolk Island', ''), ('NG', 'Nigeria', ''), ('NI', 'Nicaragua', ''),
  ('NL', 'Netherlands', 'Holland'), ('NO', 'Norway', ''), ('NP', 'Nepal', ''), ('NR', 'Nauru', ''), ('NU', 'Niue', ''),
  ('NZ', 'New Zealand', ''), ('OM', 'Oman', ''), ('PA', 'Panama', ''), ('PE', 'Peru', ''), ('PF', 'French Polynesia', ''),
  ('PG', 'Papua New Guinea', ''), ('PH', 'Philippines', ''), ('PK', 'Pakistan', ''), ('PL', 'Poland', ''),
  ('PM', 'St. Pierre & Miquelon', ''), ('PN', 'Pitcairn Islands', ''), ('PR', 'Puerto Rico', ''),
  ('PS', 'Palestinian Territories', ''), ('PT', 'Portugal', ''), ('PW', 'Palau', ''), ('PY', 'Paraguay', ''),
  ('QA', 'Qatar', ''), ('RE', 'Réunion', ''), ('RO', 'Romania', ''), ('RS', 'Serbia', ''), ('RU', 'Russia', ''),
  ('RW', 'Rwanda', ''), ('SA', 'Saudi Arabia', 'KSA'), ('SB', 'Solomon Islands', ''), ('SC', 'Seychelles', ''),
  ('SD', 'Sudan', ''), ('SE', 'Sweden', ''), ('SG', 'Singapore', ''), ('SH', 'St. Helena', ''), ('SI', 'Slovenia', ''),
  ('SJ', 'Svalbard & Jan Mayen', ''), ('SK', 'Slovakia', ''), ('SL', 'Sierra Leone', ''), ('SM', 'San Marino', ''),
  ('SN', 'Senegal', ''), ('SO', 'Somalia', ''), ('SR', 'Suriname', ''), ('SS', 'South Sudan', ''),
  ('ST', 'São Tomé & Príncipe', ''), ('SV', 'El Salvador', ''), ('SX', 'Sint Maarten', ''), ('SY', 'Syria', ''),
  ('SZ', 'Eswatini', ''), ('TC', 'Turks & Caicos Islands', ''), ('TD', 'Chad', ''),
  ('TF', 'French Southern Territories', ''), ('TG', 'Togo', ''), ('TH', 'Thailand', ''), ('TJ', 'Tajikistan', ''),
  ('TK', 'Tokelau', ''), ('TL', 'Timor-Leste', ''), ('TM', 'Turkmenistan', ''), ('TN', 'Tunisia', ''), ('TO', 'Tonga', ''),
  ('TR', 'Türkiye', 'Turkey Turkiye'), ('TT', 'Trinidad & Tobago', ''), ('TV', 'Tuvalu', ''), ('TW', 'Taiwan', ''),
  ('TZ', 'Tanzania', ''), ('UA', 'Ukraine', ''), ('UG', 'Uganda', ''), ('UM', 'U.S. Outlying Islands', ''),
  ('US', 'United States', 'USA America'), ('UY', 'Uruguay', ''), ('UZ', 'Uzbekistan', ''), ('VA', 'Vatican City', ''),
  ('VC', 'St. Vincent & Grenadines', ''), ('VE', 'Venezuela', ''), ('VG', 'British Virgin Islands', ''),
  ('VI', 'U.S. Virgin Islands', ''), ('VN', 'Vietnam', ''), ('VU', 'Vanuatu', ''), ('WF', 'Wallis & Futuna', ''),
  ('WS', 'Samoa', ''), ('XK', 'Kosovo', ''), ('YE', 'Yemen', ''), ('YT', 'Mayotte', ''), ('ZA', 'South Africa', ''),
  ('ZM', 'Zambia', ''), ('ZW', 'Zimbabwe', ''), ('GLC', 'Global', '');--> statement-breakpoint

-- Every word that products were ever found by: what a mistyped word is held against. A word that nothing bears any more finds nothing.
CREATE TABLE catalog_words (word text PRIMARY KEY);--> statement-breakpoint
GRANT SELECT, INSERT ON catalog_words TO steller_app;--> statement-breakpoint

-- What lists are ordered by. Bounded, since a cursor carries it.
ALTER TABLE brands ADD COLUMN sort_name text COLLATE "C" GENERATED ALWAYS AS (left(search_normal(name), 36)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE products ADD COLUMN sort_name text COLLATE "C" DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE products ALTER COLUMN search_text SET DEFAULT '';--> statement-breakpoint

-- Whoever writes a product or renames a brand: these two columns follow, so that no writer can forget them. A fixed face value can be searched for as well.
CREATE FUNCTION set_search_text() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  brand record;
BEGIN
  SELECT b.name, b.sort_name, b.country_code, c.name AS country, c.also INTO brand
    FROM brands b LEFT JOIN countries c ON c.code = b.country_code WHERE b.id = NEW.brand_id;
  NEW.sort_name := coalesce(brand.sort_name, '');
  SELECT ' ' || string_agg(word, ' ' ORDER BY place) || ' ' INTO NEW.search_text FROM (
    SELECT word, min(place) AS place
    FROM string_to_table(search_normal(concat_ws(' ', brand.name, NEW.name, brand.country, brand.also, brand.country_code, NEW.face_currency,
      CASE WHEN NEW.face_min_minor = NEW.face_max_minor
        THEN trim_scale(NEW.face_min_minor / (10::numeric ^ minor_exponent(NEW.face_currency))) END)), ' ') WITH ORDINALITY AS said (word, place)
    GROUP BY word) words;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER products_search_text BEFORE INSERT OR UPDATE OF brand_id, name, face_currency, face_min_minor, face_max_minor, search_text, sort_name ON products
  FOR EACH ROW EXECUTE FUNCTION set_search_text();--> statement-breakpoint
CREATE FUNCTION set_search_text_of_brand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE products SET brand_id = NEW.id WHERE brand_id = NEW.id;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER brands_search_text AFTER UPDATE OF name, country_code ON brands FOR EACH ROW
  WHEN ((OLD.name, OLD.country_code) IS DISTINCT FROM (NEW.name, NEW.country_code)) EXECUTE FUNCTION set_search_text_of_brand();--> statement-breakpoint

-- In the order of the words, so that two writers never wait for each other in a circle. Numbers and short words are not mistyped, they are others.
CREATE FUNCTION learn_catalog_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO catalog_words (word)
    SELECT DISTINCT said.word FROM touched, string_to_table(btrim(touched.search_text), ' ') AS said (word)
    WHERE length(word) BETWEEN 3 AND 50 AND word !~ '^[0-9.]+$' AND NOT EXISTS (SELECT FROM catalog_words known WHERE known.word = said.word)
    ORDER BY word ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER products_added_words AFTER INSERT ON products REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION learn_catalog_words();--> statement-breakpoint
CREATE TRIGGER products_changed_words AFTER UPDATE ON products REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION learn_catalog_words();--> statement-breakpoint
UPDATE products SET brand_id = brand_id;--> statement-breakpoint

CREATE FUNCTION sorted_letters(word text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10 AS $$
  SELECT string_agg(letter, '' ORDER BY letter) FROM string_to_table(word, NULL) letter
$$;--> statement-breakpoint
-- The known words that come nearest to a mistyped one, or begin with one that does: `far` is a hundred for each letter to change or pair of letters to
-- swap, half as much for a beginning, and less than that by how little they look alike.
CREATE FUNCTION near_words(typed text) RETURNS TABLE (word text, far integer) LANGUAGE sql STABLE PARALLEL SAFE ROWS 8 AS $$
  SELECT near.word, 100 * (CASE WHEN near.letters = 2 AND length(near.piece) = length(typed)
      AND sorted_letters(near.piece) = sorted_letters(typed)
      THEN 1 ELSE near.letters END) + CASE WHEN near.piece = near.word THEN 0 ELSE 50 END + (49 * (1 - similarity(typed, near.word)))::integer
  FROM (
    SELECT known.word, piece, levenshtein_less_equal(typed, piece, 2) AS letters
    FROM catalog_words known, LATERAL (SELECT CASE WHEN length(known.word) > length(typed) + 1 THEN left(known.word, length(typed)) ELSE known.word END AS piece) p
    WHERE length(known.word) >= length(typed) - 1
    OFFSET 0) near
  WHERE length(typed) BETWEEN 3 AND 50 AND near.letters <= CASE WHEN length(typed) < 5 THEN 1 ELSE 2 END
  ORDER BY 2, 1 LIMIT 8
$$;--> statement-breakpoint

-- Lists of products and of brands in their order, page by page.
DROP INDEX products_list;--> statement-breakpoint
CREATE INDEX products_list ON products (sort_name, face_currency, brand_id, face_min_minor, id) WHERE withdrawn_at IS NULL;--> statement-breakpoint
CREATE INDEX brands_list ON brands (sort_name, currency, id);--> statement-breakpoint
-- What a partner with a list of its own may read although it is off the list: what it ordered.
CREATE INDEX order_lines_of_product ON order_lines (partner_id, product_id);
