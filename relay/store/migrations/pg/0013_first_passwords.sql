ALTER TABLE "operators" ADD COLUMN "password_given_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "sites" ADD COLUMN "second_factor_demanded" boolean DEFAULT false NOT NULL;