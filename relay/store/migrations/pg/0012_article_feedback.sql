CREATE TABLE "article_days" (
	"site_id" text NOT NULL,
	"article_id" text NOT NULL,
	"day" text NOT NULL,
	"views" bigint DEFAULT 0 NOT NULL,
	"helped" bigint DEFAULT 0 NOT NULL,
	"not_helped" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "article_days_article_id_day_pk" PRIMARY KEY("article_id","day")
);
--> statement-breakpoint
CREATE TABLE "article_readings" (
	"visit_id" text NOT NULL,
	"article_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "article_readings_visit_id_article_id_pk" PRIMARY KEY("visit_id","article_id")
);
--> statement-breakpoint
CREATE TABLE "article_votes" (
	"site_id" text NOT NULL,
	"article_id" text NOT NULL,
	"visitor_id" text NOT NULL,
	"helped" boolean NOT NULL,
	"comment" text DEFAULT '' NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "article_votes_article_id_visitor_id_pk" PRIMARY KEY("article_id","visitor_id")
);
--> statement-breakpoint
CREATE TABLE "failed_searches" (
	"site_id" text NOT NULL,
	"day" text NOT NULL,
	"locale" text NOT NULL,
	"query" text NOT NULL,
	"count" bigint NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "failed_searches_site_id_day_locale_query_pk" PRIMARY KEY("site_id","day","locale","query")
);
--> statement-breakpoint
CREATE INDEX "article_days_site" ON "article_days" USING btree ("site_id","day");--> statement-breakpoint
CREATE INDEX "article_days_day" ON "article_days" USING btree ("day");--> statement-breakpoint
CREATE INDEX "article_readings_at" ON "article_readings" USING btree ("at");--> statement-breakpoint
CREATE INDEX "article_votes_site" ON "article_votes" USING btree ("site_id","at");--> statement-breakpoint
CREATE INDEX "article_votes_at" ON "article_votes" USING btree ("at");--> statement-breakpoint
CREATE INDEX "failed_searches_day" ON "failed_searches" USING btree ("day");