import type { Rule } from "#alerts/rule.ts";

/** Address of the page that shows what an alert is about, below the program's own. */
export function linkOf(rule: Rule, subject: string): string {
  switch (rule.kind) {
    case "stale":
      return `/sources?source=${encodeURIComponent(subject)}`;
    case "thinning":
      return subject.includes("@") ? explorer(subject) : "/home";
    case "threshold":
    case "price":
      return explorer(subject);
    case "demand":
      return `/plant?plant=${encodeURIComponent(subject)}`;
    case "job":
      return subject === "backup" ? "/backups" : "/jobs";
    case "meter":
      return rule.watch === "leak" ? "/anomalies" : `/utilities/meter?meter=${encodeURIComponent(subject)}`;
  }
}

const explorer = (series: string): string => `/explorer?series=${encodeURIComponent(series)}`;
