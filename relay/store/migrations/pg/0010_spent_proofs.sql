CREATE TABLE "spent_proofs" (
	"id" text PRIMARY KEY NOT NULL,
	"until" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "spent_proofs_until" ON "spent_proofs" USING btree ("until");