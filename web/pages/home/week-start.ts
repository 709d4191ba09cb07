/** Day a week begins with where a locale is spoken: 0 is Sunday, as in a date's `getUTCDay`. */
export function weekStartOf(locale: string): number {
  const day = infoOf(locale)?.firstDay;
  return day === undefined ? byRegion(locale) : day % 7;
}

/** The browser's own. */
export const weekStart = (): number => weekStartOf(navigator.language);

interface WeekInfo {
  readonly firstDay: number;
}

/** Browsers have it as a property, or as a method, or not at all. */
function infoOf(locale: string): WeekInfo | undefined {
  try {
    const known = new Intl.Locale(locale) as unknown as { weekInfo?: WeekInfo; getWeekInfo?: () => WeekInfo };
    return known.getWeekInfo?.() ?? known.weekInfo;
  } catch {
    return undefined;
  }
}

const SUNDAY = new Set(["US", "CA", "MX", "BR", "JP", "IN", "KR", "IL", "ZA", "TW", "HK", "TH", "PH", "CO", "PE", "VE", "AR"]);

function byRegion(locale: string): number {
  try {
    return SUNDAY.has(new Intl.Locale(locale).maximize().region ?? "") ? 0 : 1;
  } catch {
    return 1;
  }
}
