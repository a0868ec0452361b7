-- Whoever writes to the catalogue takes the catalogue's one row first, so that two writers of many rows (a page of a refresh, the kill
-- switch, a refusal by the supplier) never wait for each other in a circle. The order of locks is: catalogue, orders, wallets.
CREATE FUNCTION lock_catalog() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM catalog_state FOR NO KEY UPDATE;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER products_turn BEFORE INSERT OR UPDATE ON products FOR EACH STATEMENT EXECUTE FUNCTION lock_catalog();--> statement-breakpoint
CREATE TRIGGER brands_turn BEFORE INSERT OR UPDATE ON brands FOR EACH STATEMENT EXECUTE FUNCTION lock_catalog();--> statement-breakpoint
CREATE TRIGGER categories_turn BEFORE INSERT OR UPDATE ON categories FOR EACH STATEMENT EXECUTE FUNCTION lock_catalog();--> statement-breakpoint
CREATE TRIGGER brand_categories_turn BEFORE INSERT OR DELETE ON brand_categories FOR EACH STATEMENT EXECUTE FUNCTION lock_catalog();
