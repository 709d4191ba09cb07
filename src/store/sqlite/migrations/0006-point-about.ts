import type { Migration } from "./migration.ts";

/** What senders say of a point beside its readings. */
export const pointAbout: Migration = {
  number: 6,
  name: "what senders say of points",
  up(db) {
    db.exec("ALTER TABLE point ADD COLUMN about TEXT");
  },
};
