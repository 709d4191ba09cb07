import type { Migration } from "./migration.ts";

const DDL = `
CREATE TABLE alert (
  id INTEGER PRIMARY KEY AUTOINCREMENT, rule TEXT NOT NULL, rule_name TEXT NOT NULL, subject TEXT NOT NULL, subject_title TEXT NOT NULL,
  severity TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL, value REAL, unit TEXT NOT NULL, fired_ms INTEGER NOT NULL,
  cleared_ms INTEGER, ack_who TEXT, ack_ms INTEGER, link TEXT
) STRICT;
CREATE INDEX alert_active ON alert (id) WHERE cleared_ms IS NULL;
CREATE TABLE alert_delivery (
  id INTEGER PRIMARY KEY AUTOINCREMENT, alert INTEGER NOT NULL REFERENCES alert (id) ON DELETE CASCADE, channel TEXT NOT NULL,
  message TEXT NOT NULL, result TEXT NOT NULL CHECK (result IN ('waiting', 'sent', 'failed', 'muted')), made_ms INTEGER NOT NULL,
  at_ms INTEGER NOT NULL, tries INTEGER NOT NULL, problem TEXT
) STRICT;
CREATE INDEX alert_delivery_of ON alert_delivery (alert);
CREATE INDEX alert_delivery_by ON alert_delivery (channel, result, id);
CREATE TABLE alert_state (
  rule TEXT NOT NULL, subject TEXT NOT NULL, state TEXT NOT NULL,
  PRIMARY KEY (rule, subject)
) STRICT, WITHOUT ROWID;
CREATE TABLE alert_mute (rule TEXT PRIMARY KEY, until_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE alert_rule (id TEXT PRIMARY KEY, rule TEXT NOT NULL, who TEXT NOT NULL, made_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;

/** What people were told, what has to be told yet, and what is remembered for it. */
export const alertTables: Migration = {
  number: 4,
  name: "alerts",
  up(db) {
    db.exec(DDL);
  },
};
