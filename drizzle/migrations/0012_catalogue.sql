-- Nobody waits for long behind this: it gives up and is tried again.
SET LOCAL lock_timeout = '10s';--> statement-breakpoint
-- What a refresh writes follows from what changed: a row's time is that of its last change, and what a read has listed stands in one row per page.
ALTER TABLE brands RENAME COLUMN refreshed_at TO changed_at;--> statement-breakpoint
ALTER TABLE products RENAME COLUMN refreshed_at TO changed_at;--> statement-breakpoint
ALTER TABLE products ADD COLUMN inactive_at timestamp (3) with time zone, ADD COLUMN inactive_because text;--> statement-breakpoint
ALTER TABLE products ADD CONSTRAINT products_inactive CHECK ((inactive_at IS NULL) = (inactive_because IS NULL)
  AND (inactive_because IS NULL OR inactive_because IN ('listed', 'refused')));--> statement-breakpoint
-- The kill switch of a brand.
ALTER TABLE brands ADD COLUMN switched_off_at timestamp (3) with time zone, ADD COLUMN switched_off_by text REFERENCES users (id),
  ADD COLUMN switched_off_because text;--> statement-breakpoint
ALTER TABLE brands ADD CONSTRAINT brands_switched_off CHECK ((switched_off_at IS NULL) = (switched_off_by IS NULL)
  AND (switched_off_at IS NULL) = (switched_off_because IS NULL));--> statement-breakpoint

ALTER TABLE catalog_refreshes ADD COLUMN source text DEFAULT 'v2' NOT NULL, ADD COLUMN pages integer,
  ADD COLUMN heard_at timestamp (3) with time zone DEFAULT now() NOT NULL, ADD COLUMN called_at timestamp (3) with time zone,
  ADD COLUMN accept_shrink boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE catalog_refreshes ADD CONSTRAINT catalog_refreshes_source CHECK (source IN ('v1', 'v2'));--> statement-breakpoint
-- What earlier reads counted, in today's words; what they did not count is none.
UPDATE catalog_refreshes SET counts = jsonb_build_object('brands', counts -> 'brands', 'products', counts -> 'products', 'added', 0, 'changed', 0, 'repriced', 0,
  'restocked', 0, 'withdrawn', coalesce(counts -> 'withdrawn', '0'), 'returned', 0) WHERE counts IS NOT NULL;--> statement-breakpoint
CREATE TABLE catalog_refresh_pages (
  refresh_id uuid NOT NULL REFERENCES catalog_refreshes (id) ON DELETE CASCADE,
  page integer NOT NULL,
  supplier_brands integer NOT NULL,
  brand_ids text[] NOT NULL,
  product_ids bigint[] NOT NULL,
  counts jsonb NOT NULL,
  created_at timestamp (3) with time zone DEFAULT now() NOT NULL,
  PRIMARY KEY (refresh_id, page)
);--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON catalog_refresh_pages TO steller_app;--> statement-breakpoint

CREATE TABLE catalog_changes (
  id bigserial PRIMARY KEY,
  refresh_id uuid REFERENCES catalog_refreshes (id) ON DELETE SET NULL,
  product_id bigint NOT NULL REFERENCES products (id),
  kind text NOT NULL,
  before jsonb,
  after jsonb,
  created_at timestamp (3) with time zone DEFAULT now() NOT NULL,
  CONSTRAINT catalog_changes_kind CHECK (kind IN ('added', 'withdrawn', 'returned', 'price', 'stock', 'details', 'inactive', 'active'))
);--> statement-breakpoint
CREATE INDEX catalog_changes_kind ON catalog_changes (kind, id);--> statement-breakpoint
CREATE INDEX catalog_changes_product ON catalog_changes (product_id, id);--> statement-breakpoint
CREATE INDEX catalog_changes_refresh ON catalog_changes (refresh_id, id);--> statement-breakpoint
CREATE INDEX catalog_changes_created ON catalog_changes (created_at);--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON catalog_changes TO steller_app;--> statement-breakpoint
GRANT USAGE ON SEQUENCE catalog_changes_id_seq TO steller_app;--> statement-breakpoint

-- History goes after its time, with the pages that it had.
GRANT DELETE ON catalog_refreshes TO steller_app;--> statement-breakpoint

-- Products to be read again by themselves: a webhook named them, the supplier refused them, or a full read did not list them.
CREATE TABLE catalog_rereads (
  product_id bigint PRIMARY KEY,
  because text NOT NULL,
  asked_at timestamp (3) with time zone DEFAULT now() NOT NULL,
  CONSTRAINT catalog_rereads_because CHECK (because IN ('webhook', 'refused', 'unlisted'))
);--> statement-breakpoint
CREATE INDEX catalog_rereads_asked ON catalog_rereads (asked_at);--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON catalog_rereads TO steller_app;--> statement-breakpoint

-- One row. The version names everything that is cached of the catalogue; it moves in the transaction that changes the catalogue.
CREATE TABLE catalog_state (
  id boolean PRIMARY KEY DEFAULT true,
  version bigint DEFAULT 1 NOT NULL,
  completed_at timestamp (3) with time zone,
  CONSTRAINT catalog_state_one CHECK (id)
);--> statement-breakpoint
INSERT INTO catalog_state (completed_at) SELECT max(started_at) FROM catalog_refreshes WHERE status = 'completed';--> statement-breakpoint
GRANT SELECT, UPDATE (version, completed_at) ON catalog_state TO steller_app;--> statement-breakpoint
-- Later versions are greater, also than those of a future that was put back by a restore: what was cached under those must never be found again.
CREATE FUNCTION next_version(version bigint) RETURNS bigint LANGUAGE sql VOLATILE
  RETURN greatest(version + 1, (extract(epoch FROM clock_timestamp()) * 1000)::bigint);--> statement-breakpoint
CREATE FUNCTION bump_catalog_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM touched) THEN
    UPDATE catalog_state SET version = next_version(version);
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER products_added AFTER INSERT ON products REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION bump_catalog_version();--> statement-breakpoint
CREATE TRIGGER products_changed AFTER UPDATE ON products REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION bump_catalog_version();--> statement-breakpoint
CREATE TRIGGER brands_added AFTER INSERT ON brands REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION bump_catalog_version();--> statement-breakpoint
CREATE TRIGGER brands_changed AFTER UPDATE ON brands REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION bump_catalog_version();--> statement-breakpoint
CREATE TRIGGER categories_added AFTER INSERT ON categories REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION bump_catalog_version();--> statement-breakpoint
CREATE TRIGGER categories_changed AFTER UPDATE ON categories REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION bump_catalog_version();--> statement-breakpoint
CREATE TRIGGER brand_categories_added AFTER INSERT ON brand_categories REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION bump_catalog_version();--> statement-breakpoint
CREATE TRIGGER brand_categories_removed AFTER DELETE ON brand_categories REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION bump_catalog_version();--> statement-breakpoint

-- What a partner's prices and choice follow from, under one version that moves with them.
ALTER TABLE partners ADD COLUMN settings_version bigint DEFAULT 1 NOT NULL, ADD COLUMN listed_only boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE TABLE partner_allowances (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL REFERENCES partners (id),
  scope text NOT NULL,
  scope_id text NOT NULL,
  created_at timestamp (3) with time zone DEFAULT now() NOT NULL,
  CONSTRAINT partner_allowances_scope CHECK (scope IN ('product', 'brand', 'category')),
  CONSTRAINT partner_allowances_once UNIQUE (partner_id, scope, scope_id)
);--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON partner_allowances TO steller_app;--> statement-breakpoint
ALTER TABLE price_rules ADD COLUMN updated_at timestamp (3) with time zone DEFAULT now() NOT NULL, ADD COLUMN updated_by text REFERENCES users (id);--> statement-breakpoint
-- Which of two rules was meant, or how much, nobody but an admin knows: what is in the way is named, and nothing is migrated.
DO $$
DECLARE
  wrong text;
BEGIN
  SELECT string_agg(told, '; ') INTO wrong FROM (
    SELECT format('partner %s (%s) has %s rules for %s: %s. Keep one', p.name, p.id, count(*), concat_ws(' ', r.scope, r.scope_id),
        string_agg(format('%s (%s)', r.name, r.id), ', ' ORDER BY r.created_at, r.id)) AS told
      FROM price_rules r JOIN partners p ON p.id = r.partner_id GROUP BY p.id, p.name, r.scope, r.scope_id HAVING count(*) > 1
    UNION ALL
    SELECT format('rule %s (%s) of partner %s (%s) is out of bounds: %s basis points, a fee of %s, a least margin of %s basis points. Mend it',
        r.name, r.id, p.name, p.id, r.basis_points, r.fixed_fee_minor, r.min_margin_basis_points)
      FROM price_rules r JOIN partners p ON p.id = r.partner_id
      WHERE (r.kind = 'discount_off_face' AND r.basis_points > 10000) OR r.min_margin_basis_points NOT BETWEEN 0 AND 100000
        OR r.fixed_fee_minor NOT BETWEEN 0 AND 1000000000000) found;
  IF wrong IS NOT NULL THEN
    RAISE EXCEPTION 'Price rules are in the way of this migration: %', wrong
      USING HINT = 'A discount is at most 100 %, and a partner has one rule for each scope. Then migrate again.';
  END IF;
END $$;--> statement-breakpoint
ALTER TABLE price_rules ADD CONSTRAINT price_rules_discount CHECK (kind <> 'discount_off_face' OR basis_points <= 10000),
  ADD CONSTRAINT price_rules_margin CHECK (min_margin_basis_points BETWEEN 0 AND 100000),
  ADD CONSTRAINT price_rules_fee CHECK (fixed_fee_minor BETWEEN 0 AND 1000000000000);--> statement-breakpoint
CREATE UNIQUE INDEX price_rules_one ON price_rules (partner_id, scope, scope_id) NULLS NOT DISTINCT;--> statement-breakpoint
CREATE FUNCTION bump_settings_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE partners SET settings_version = next_version(settings_version) WHERE id IN (SELECT partner_id FROM touched);
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER price_rules_added AFTER INSERT ON price_rules REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION bump_settings_version();--> statement-breakpoint
CREATE TRIGGER price_rules_changed AFTER UPDATE ON price_rules REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION bump_settings_version();--> statement-breakpoint
CREATE TRIGGER price_rules_removed AFTER DELETE ON price_rules REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION bump_settings_version();--> statement-breakpoint
CREATE TRIGGER allowances_added AFTER INSERT ON partner_allowances REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION bump_settings_version();--> statement-breakpoint
CREATE TRIGGER allowances_removed AFTER DELETE ON partner_allowances REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION bump_settings_version();--> statement-breakpoint
CREATE FUNCTION bump_own_settings_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.settings_version := next_version(OLD.settings_version);
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER partners_settings BEFORE UPDATE ON partners FOR EACH ROW
  WHEN ((OLD.currency, OLD.active, OLD.listed_only) IS DISTINCT FROM (NEW.currency, NEW.active, NEW.listed_only))
  EXECUTE FUNCTION bump_own_settings_version();--> statement-breakpoint

-- A list of rates that was refused is kept with the reason; one that says what the last one said only moves its `last_seen_at`.
ALTER TABLE rate_snapshots ADD COLUMN status text DEFAULT 'used' NOT NULL, ADD COLUMN refused_because text, ADD COLUMN turned_over boolean DEFAULT false NOT NULL,
  ADD COLUMN last_seen_at timestamp (3) with time zone DEFAULT now() NOT NULL, ADD COLUMN accepted_by text REFERENCES users (id),
  ADD COLUMN accepted_at timestamp (3) with time zone;--> statement-breakpoint
UPDATE rate_snapshots SET last_seen_at = created_at;--> statement-breakpoint
ALTER TABLE rate_snapshots ADD CONSTRAINT rate_snapshots_status CHECK (status IN ('used', 'refused')),
  ADD CONSTRAINT rate_snapshots_refused CHECK (status = 'used' OR refused_because IS NOT NULL),
  ADD CONSTRAINT rate_snapshots_accepted CHECK ((accepted_by IS NULL) = (accepted_at IS NULL));--> statement-breakpoint
DROP INDEX rate_snapshots_created;--> statement-breakpoint
CREATE INDEX rate_snapshots_created ON rate_snapshots (status, created_at);--> statement-breakpoint
CREATE INDEX rate_snapshots_newest ON rate_snapshots (created_at, id);--> statement-breakpoint
GRANT DELETE, UPDATE (status, last_seen_at, accepted_by, accepted_at) ON rate_snapshots TO steller_app;
