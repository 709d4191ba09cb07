const NO_BREAK = "\u00a0";
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "3 s", "14 min", "6 h", "3 d": the age of something, in the one unit that matters. Never negative. */
export function ageText(ageMs: number): string {
  const age = Math.max(0, ageMs);
  if (age < MINUTE) return `${Math.floor(age / 1000)}${NO_BREAK}s`;
  if (age < 90 * MINUTE) return `${Math.floor(age / MINUTE)}${NO_BREAK}min`;
  if (age < 2 * DAY) return `${Math.floor(age / HOUR)}${NO_BREAK}h`;
  return `${Math.floor(age / DAY)}${NO_BREAK}d`;
}

/** A spacing in words: "every 10 s", "every 15 min", "every 24 h". Odd milliseconds are rounded to what people say. */
export function everyText(everyMs: number): string {
  if (everyMs < 1000) return `every${NO_BREAK}second`;
  if (everyMs < 90_000) return `every${NO_BREAK}${Math.round(everyMs / 1000)}${NO_BREAK}s`;
  if (everyMs < 90 * MINUTE) return `every${NO_BREAK}${Math.round(everyMs / MINUTE)}${NO_BREAK}min`;
  if (everyMs < 3 * DAY) return `every${NO_BREAK}${Math.round(everyMs / HOUR)}${NO_BREAK}h`;
  return `every${NO_BREAK}${Math.round(everyMs / DAY)}${NO_BREAK}days`;
}

export interface TimeStyle {
  readonly zone?: string | undefined;
  readonly locale?: string;
}

/** "14:41" today, "Sun 22:15" within the week, "8 Mar 22:15" before: an instant as short as it stays clear. */
export function momentText(tMs: number, nowMs: number, style: TimeStyle = {}): string {
  const time = format("time", style).format(tMs);
  if (dayOf(tMs, style) === dayOf(nowMs, style)) return time;
  const days = (nowMs - tMs) / DAY;
  return `${format(days >= 0 && days < 6 ? "weekday" : "date", style).format(tMs)}${NO_BREAK}${time}`;
}

/** The same with the year where a moment is so long ago that its day alone could be another year's. */
export function datedText(tMs: number, nowMs: number, style: TimeStyle = {}): string {
  if (Math.abs(nowMs - tMs) < 300 * DAY) return momentText(tMs, nowMs, style);
  return `${format("dateYear", style).format(tMs)}${NO_BREAK}${format("time", style).format(tMs)}`;
}

/** "Tue 10 Mar 2026, 14:41:20": the moment a page speaks of. */
export function clockText(tMs: number, style: TimeStyle = {}): string {
  return `${format("fullDate", style).format(tMs)}, ${format("seconds", style).format(tMs)}`;
}

/** Everything about an instant, for a hover title or a table: date, seconds and zone. */
export function fullText(tMs: number, style: TimeStyle = {}): string {
  return `${clockText(tMs, style)}${NO_BREAK}${zoneName(tMs, style)}`;
}

function zoneName(tMs: number, style: TimeStyle): string {
  const parts = format("zone", style).formatToParts(tMs);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? style.zone ?? "";
}

function dayOf(tMs: number, style: TimeStyle): string {
  return format("day", { ...style, locale: "en-CA" }).format(tMs);
}

const SHAPES = {
  time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  seconds: { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" },
  weekday: { weekday: "short" },
  date: { day: "numeric", month: "short" },
  dateYear: { day: "numeric", month: "short", year: "numeric" },
  fullDate: { weekday: "short", day: "numeric", month: "short", year: "numeric" },
  day: { year: "numeric", month: "2-digit", day: "2-digit" },
  zone: { timeZoneName: "short" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const formats = new Map<string, Intl.DateTimeFormat>();

function format(shape: keyof typeof SHAPES, { zone, locale }: TimeStyle): Intl.DateTimeFormat {
  const name = `${shape}|${zone ?? ""}|${locale ?? ""}`;
  const made = formats.get(name) ?? new Intl.DateTimeFormat(locale, { ...SHAPES[shape], ...(zone ? { timeZone: zone } : {}) });
  formats.set(name, made);
  return made;
}

/** "Thu 5 Mar 08:00 – 15:30", "3 – 10 Mar": a stretch of time as short as it stays clear. */
export function spanText(span: { fromMs: number; toMs: number }, nowMs: number, style: TimeStyle = {}): string {
  const sameDay = dayOf(span.fromMs, style) === dayOf(span.toMs - 1, style);
  if (sameDay) return `${momentText(span.fromMs, nowMs, style)} – ${format("time", style).format(span.toMs)}`;
  const days = format(span.toMs - span.fromMs > 300 * DAY ? "dateYear" : "date", style);
  return days.formatRange(span.fromMs, span.toMs - 1);
}
