CREATE TABLE "identity_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"site_id" text NOT NULL,
	"kid" text NOT NULL,
	"algorithm" text NOT NULL,
	"material" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"retired_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "identity_proofs" (
	"site_id" text NOT NULL,
	"jti" text NOT NULL,
	"visitor_id" text NOT NULL,
	"device_id" text NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "identity_proofs_site_id_jti_pk" PRIMARY KEY("site_id","jti")
);
--> statement-breakpoint
ALTER TABLE "visitors" ADD COLUMN "external_id" text;--> statement-breakpoint
ALTER TABLE "visitors" ADD COLUMN "signed" jsonb;--> statement-breakpoint
ALTER TABLE "visitors" ADD COLUMN "joined_to" text;--> statement-breakpoint
CREATE UNIQUE INDEX "identity_keys_kid" ON "identity_keys" USING btree ("site_id","kid");--> statement-breakpoint
CREATE INDEX "identity_proofs_until" ON "identity_proofs" USING btree ("site_id","until");--> statement-breakpoint
CREATE UNIQUE INDEX "visitors_external" ON "visitors" USING btree ("site_id","external_id");