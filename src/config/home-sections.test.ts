// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts hold variables of the configuration, not of JavaScript
import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DIALECTS } from "#dialects/catalogue.ts";
import { cronProblem } from "./cron.ts";
import { loadConfig } from "./load.ts";
import { problemText } from "./problem.ts";

const HOUSE = `sites:
  home: { zone: Europe/Berlin }
  garden: { zone: Europe/Berlin }
brokers: { lan: { url: mqtt://127.0.0.1 } }
sources: { meter: { site: home, dialect: tasmota-sml } }
`;
const env = { BOT: "123:canary", PW: "canary-pw" };

function load(text: string, more: Record<string, string> = {}) {
  return loadConfig({ file: "wattkeep.yaml", text: HOUSE + text, cwd: "/house", env: { ...env, ...more }, dialects: DIALECTS });
}

function problemsOf(text: string): string[] {
  return (load(text).problems ?? []).map(problemText).map((problem) => problem.replace(/^wattkeep\.yaml:\d+:\d+ /, ""));
}

const LINE = HOUSE.split("\n").length;

describe("a home", () => {
  it("is its points, its prices and what is paid in advance, in order, with amounts as they were written", () => {
    const { config, problems } = load(`homes:
  house:
    grid: home/meter
    solar: [roof]
    prices:
      - { from: 2026-05-01, perKwh: "0.28710", baseFeePerMonth: 12.9, feedInPerKwh: 0.0812 }
      - { from: 2025-01-01, perKwh: 0.3102 }
    instalments: [{ from: 2026-01-01, amount: 90 }]
    settlement: "07-01"
    readerUrl: http://192.168.1.20/
`);
    expect(problems).toBeUndefined();
    expect(config?.homes).toEqual([
      {
        name: "house",
        title: "House",
        site: "home",
        grid: "meter",
        solar: ["roof"],
        battery: [],
        prices: [
          { fromDate: "2025-01-01", perKwh: "0.3102", baseFeePerMonth: "0" },
          { fromDate: "2026-05-01", perKwh: "0.28710", baseFeePerMonth: "12.9", feedInPerKwh: "0.0812" },
        ],
        instalments: [{ fromDate: "2026-01-01", amount: "90" }],
        settlement: "07-01",
        readerUrl: "http://192.168.1.20/",
        declared: { file: "wattkeep.yaml", line: LINE + 1 },
      },
    ]);
  });

  it("keeps every amount that a person writes with at most nine decimals, as number or as text", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999 }), fc.integer({ min: 0, max: 999_999_999 }), (whole, fraction) => {
        const written = `${whole}.${String(fraction).padStart(9, "0")}`;
        const price = (perKwh: string) =>
          load(`homes: { h: { site: home, prices: [{ from: 2026-01-01, perKwh: ${perKwh} }] } }`).config?.homes[0]?.prices[0]?.perKwh;
        expect(price(`"${written}"`)).toBe(written);
        expect(price(written)).toBe(written.replace(/\.?0+$/, ""));
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ["{ site: hom }", 'homes.h.site: "hom" is not a site; did you mean "home"?'],
    ["{ grid: meter }", "homes.h: says no site; there are home, garden: add site, or write points as site/point"],
    [
      "{ grid: home/meter, solar: [garden/roof] }",
      "homes.h.solar.0: lies at garden and the home at home; the points of a home are of one site",
    ],
    ["{ grid: home/meter, solar: [meter] }", 'homes.h.solar.0: "meter" stands in this home twice'],
    ["{ grid: home/a/b }", "homes.h.grid: a point is written as its name, or as site/point"],
    ["{ site: home, gird: meter }", 'homes.h.gird: there is no such key; did you mean "grid"?'],
    ['{ site: home, prices: [{ from: 2026-01-01, perKwh: "0,31" }] }', 'homes.h.prices.0.perKwh: "0,31" has a comma; write 0.31'],
    ["{ site: home, prices: [{ from: 2026-01-01, perKwh: cheap }] }", 'homes.h.prices.0.perKwh: "cheap" is not an amount'],
    ["{ site: home, prices: [{ perKwh: 0.3 }] }", "homes.h.prices.0.from: is missing: expected a date"],
    [
      "{ site: home, instalments: [{ from: 2026-01-01, amount: 1 }, { from: 2026-01-01, amount: 2 }] }",
      "homes.h.instalments.1.from: another row holds from 2026-01-01 on already; keep one of the two",
    ],
    ['{ site: home, settlement: "02-29" }', 'homes.h.settlement: expected month and day like "01-01"'],
    ["{ site: home, readerUrl: 192.168.1.20 }", 'homes.h.readerUrl: "192.168.1.20" is not an address'],
  ])("%s is told in one sentence", (body, sentence) => {
    const problems = problemsOf(`homes: { h: ${body} }`);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(sentence);
  });

  it("has one meter, and either prices or a tariff", () => {
    expect(problemsOf("homes: { a: { grid: home/meter }, b: { grid: home/meter } }")).toEqual([
      'homes.b.grid: "home/meter" is the meter of a already',
    ]);
    const plan = `{ schema: 1, name: T, currency: EUR, versions: [{ validFrom: "2020-01-01", components: [{ kind: energy, name: E, rate: "0.3" }] }] }`;
    const both = `tariffs: [{ point: home/meter, plan: ${plan} }]\nhomes: { a: { grid: home/meter, prices: [{ from: 2026-01-01, perKwh: 0.3 }] } }`;
    expect(problemsOf(both)).toEqual(["homes.a.prices: home/meter has a tariff in this file; keep either the tariff or the prices"]);
  });
});

describe("alerts", () => {
  const channels = `
    phone: { kind: telegram, botToken: "\${BOT}", chatId: -1001234 }
    post: { kind: mail, smtp: "smtps://me%40example.org:\${PW}@mail.example.org", from: "House <me@example.org>", to: [me@example.org] }
    lan-post: { kind: mail, host: 192.168.1.9, user: me, password: "\${PW}", from: a@b.c, to: [a@b.c] }
    push: { kind: ntfy, topic: my-house, token: "\${PW}" }
    hook: { kind: webhook, url: "https://hooks.example.org/T0/\${PW}", headers: { Authorization: "Bearer \${PW}" } }
    plc: { kind: mqtt, broker: lan, topic: plant/shed, qos: 2, retain: true }`;

  it("are channels and rules with their defaults", () => {
    const { config, problems } = load(`alerts:\n  channels:${channels}
  rules:
    - { id: meter-silent, kind: stale, source: meter, after: 10m, channels: [phone, push], repeat: 6h }
    - { id: cold, kind: threshold, series: home/freezer/temperature@meter, above: -12, hysteresis: 1, for: 20m, severity: critical }
    - { id: few, kind: thinning, of: home/meter }
    - { id: all, kind: thinning, of: "*", enabled: false }
    - { id: peak, kind: demand, plant: home.meter, lead: 3m }
`);
    expect(problems).toBeUndefined();
    const byName = Object.fromEntries(config?.alerts.channels.map((channel) => [channel.name, channel]) ?? []);
    expect(byName).toMatchObject({
      phone: { chatId: "-1001234", apiUrl: "https://api.telegram.org" },
      post: { host: "mail.example.org", port: 465, secure: true, requireTls: false, user: "me@example.org" },
      "lan-post": { port: 587, secure: false, requireTls: true },
      push: { url: "https://ntfy.sh", topic: "my-house" },
      hook: { host: "hooks.example.org", method: "POST" },
      plc: { broker: "lan", topic: "plant/shed", qos: 2, retain: true },
    });
    expect(config?.alerts).toMatchObject({ checkSeconds: 15, readingsPerHour: 300 });
    const any = { severity: "warning", channels: config?.alerts.channels.map(({ name }) => name), enabled: true };
    expect(config?.alerts.rules.map(({ rule }) => rule)).toEqual([
      {
        ...any,
        id: "meter-silent",
        name: "Meter silent",
        channels: ["phone", "push"],
        repeatMs: 21_600_000,
        kind: "stale",
        source: "meter",
        afterMs: 600_000,
      },
      {
        ...any,
        id: "cold",
        name: "Cold",
        severity: "critical",
        kind: "threshold",
        series: "home/freezer/temperature@meter",
        above: -12,
        hysteresis: 1,
        forMs: 1_200_000,
      },
      { ...any, id: "few", name: "Few", kind: "thinning", of: "home/meter", overMs: 3_600_000, fewerThan: 300 },
      { ...any, id: "all", name: "All", enabled: false, kind: "thinning", of: "*", overMs: 3_600_000, fewerThan: 300 },
      { ...any, id: "peak", name: "Peak", kind: "demand", plant: "home.meter", notBeforeMs: 180_000, leadMs: 180_000, hysteresisKw: 0 },
    ]);
  });

  it("keep their secrets out of every print", () => {
    const { config } = load(`alerts:\n  channels:${channels}\n`);
    for (const told of [JSON.stringify(config), inspect(config, { depth: 9 })]) expect(told).not.toContain("canary");
    const hook = config?.alerts.channels.find((channel) => channel.kind === "webhook");
    expect(hook?.url.reveal()).toBe("https://hooks.example.org/T0/canary-pw");
    expect(hook?.headers.get("Authorization")?.reveal()).toBe("Bearer canary-pw");
  });

  it("go to the broker that the environment puts in the place of all", () => {
    const { config } = load(`alerts:\n  channels:${channels}\noutlets: { homeAssistant: { broker: lan } }\n`, {
      WATTKEEP_MQTT: "mqtt://other",
    });
    expect(config?.alerts.channels.find((channel) => channel.kind === "mqtt")).not.toHaveProperty("broker");
    expect(config?.outlets.homeAssistant).toMatchObject({ prefix: "homeassistant", topic: "wattkeep" });
    expect(config?.outlets.homeAssistant).not.toHaveProperty("broker");
  });

  it.each([
    ["{ kind: telegramm }", 'alerts.channels.c.kind: "telegramm" is none of telegram, mail, ntfy, webhook, mqtt; did you mean "telegram"?'],
    ["{ topic: x }", "alerts.channels.c.kind: is missing"],
    ["{ kind: telegram, botToken: x, chatid: 1, chatId: 1 }", 'alerts.channels.c.chatid: there is no such key; did you mean "chatId"?'],
    ["{ kind: telegram, botToken: x, chatId: me }", "alerts.channels.c.chatId: expected the number of a chat"],
    ["{ kind: mail, from: a@b.c, to: [a@b.c] }", "alerts.channels.c.smtp: is missing: say where the mail server is, as smtp or as host"],
    ["{ kind: mail, smtp: 'http://x', from: a@b.c, to: [a@b.c] }", "alerts.channels.c.smtp: expected a mail server like"],
    ["{ kind: mail, host: x, from: me, to: [a@b.c] }", "alerts.channels.c.from: expected a mail address"],
    ["{ kind: ntfy, topic: a b }", "alerts.channels.c.topic: expected letters, digits"],
    ["{ kind: webhook, url: ${PW} }", "alerts.channels.c.url: expected an address like https://example.org/hook"],
    ["{ kind: mqtt, topic: a/# }", 'alerts.channels.c.topic: "a/#" is not a topic to publish to'],
    ["{ kind: mqtt, topic: a, broker: lann }", 'alerts.channels.c.broker: "lann" is not a broker; did you mean "lan"?'],
  ])("a channel %s is told in one sentence", (body, sentence) => {
    const problems = problemsOf(`alerts: { channels: { c: ${body} } }`);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(sentence);
    expect(problems[0]).not.toContain("canary");
  });

  it.each([
    ["{ id: Bad Id, kind: stale, source: meter }", "alerts.rules.0.id: expected small letters and digits"],
    ["{ id: source-silent, kind: stale, source: meter }", 'alerts.rules.0.id: "source-silent" is a rule that is there by itself'],
    ["{ id: a, kind: stale, source: metr }", 'alerts.rules.0.source: "metr" is not a source; did you mean "meter"?'],
    ["{ id: a, kind: stale, source: meter, after: 10 }", "alerts.rules.0.after: 10 is not a length of time; write 45s, 10m, 1h or 2d"],
    ["{ id: a, kind: stale, source: meter, after: 400d }", "alerts.rules.0.after: is longer than a year; write at most 365d"],
    ["{ id: a, kind: stale, source: meter, repeat: 5s }", "alerts.rules.0.repeat: is shorter than a minute; write 1m or more"],
    ["{ id: a, kind: thinning, of: home/meter, over: 0s }", "alerts.rules.0.over: is shorter than a minute; write 1m or more"],
    [
      "{ id: a, kind: threshold, series: home/meter/power@meter, above: 5, below: 9 }",
      "alerts.rules.0: is beyond its limits whatever the value; below has to be less than above",
    ],
    [
      "{ id: a, kind: stale, source: meter, channels: [phon] }",
      'alerts.rules.0.channels.0: "phon" is not a channel; did you mean "phone"?',
    ],
    ["{ id: a, kind: threshold, series: home/meter/power@meter }", "alerts.rules.0: says no limit; add above or below"],
    ["{ id: a, kind: threshold, series: home/meter, above: 1 }", 'alerts.rules.0.series: "home/meter" is not what a rule can watch'],
    ["{ id: a, kind: threshold, series: home/meter/power, above: 1 }", "write the key of a series: site/point/quantity@source"],
    [
      "{ id: a, kind: threshold, series: home/meter/power@metr, above: 1 }",
      'rules.0.series: "metr" is not a source; did you mean "meter"?',
    ],
    ["{ id: a, kind: thinning, of: meter }", "write site/point of a home, or the key of a series"],
    [
      "{ id: a, kind: price, series: hme/market/price@meter, above: 1 }",
      'alerts.rules.0.series: "hme" is not a site; did you mean "home"?',
    ],
    ["{ id: a, kind: demand, plant: home/meter }", 'alerts.rules.0.plant: "home/meter" is not a plant; write site.point'],
    ["{ id: a, kind: job, jobb: backup }", 'alerts.rules.0.jobb: there is no such key; did you mean "job"?'],
    ["{ id: a, kind: job, job: '*' }, { id: a, kind: job, job: backup }", 'alerts.rules.1.id: another rule is "a" already; ids are unique'],
  ])("a rule %s is told in one sentence", (body, sentence) => {
    const problems = problemsOf(`alerts: { channels: { phone: { kind: ntfy, topic: x } }, rules: [${body}] }`);
    expect(problems.filter((problem) => !problem.includes("is missing"))).toHaveLength(1);
    expect(problems.join("\n")).toContain(sentence);
  });
});

describe("backups", () => {
  it("are made every hour and kept for a year, unless said", () => {
    expect(load("").config?.backups).toEqual({ enabled: true, schedule: "0 * * * *", keep: { hours: 24, days: 14, months: 12 } });
    expect(load("backups: { folder: copies, keep: { days: 30 }, to: { folder: /mnt/disk } }").config?.backups).toMatchObject({
      folder: "/house/copies",
      keep: { hours: 24, days: 30, months: 12 },
      to: { kind: "folder", path: "/mnt/disk" },
    });
  });

  it("go to a second place, whose secrets nobody is shown", () => {
    const to = (given: string) => load(`backups: { to: ${given} }`).config?.backups.to;
    const rsync = to("{ rsync: 'rsync://me:${PW}@nas/wattkeep' }");
    expect(rsync?.kind === "rsync" && rsync.target.reveal()).toBe("rsync://me:canary-pw@nas/wattkeep");
    expect(inspect(rsync, { depth: 5 })).not.toContain("canary");
    const git = to("{ git: 'https://me:${PW}@git.example.org/house.git' }");
    expect(git).toMatchObject({ kind: "git", target: "https://git.example.org/house.git", branch: "wattkeep-backup" });
    expect(inspect(git, { depth: 5 })).not.toContain("canary");
    expect(to("{ git: 'git@git.example.org:me/house.git', branch: main }")).toMatchObject({
      target: "git@git.example.org:me/house.git",
      branch: "main",
    });
  });

  it.each([
    ["{ schedule: hourly }", "backups.schedule: expected five fields"],
    ["{ schedule: '61 * * * *' }", "backups.schedule: the minute of a schedule is *, or numbers from 0 to 59"],
    ["{ keep: { hours: 0, days: 0, months: 0 } }", "backups.keep: keeps no backup at all"],
    ["{ to: {} }", "backups.to: name one destination: folder, rsync or git"],
    ["{ to: { folder: a, rsync: b } }", "backups.to: name one destination"],
    ["{ to: { rsync: '--rsh=x' } }", "backups.to.rsync: may not begin with a hyphen"],
    ["{ to: { git: 'ext::sh -c x' } }", "backups.to.git: is not the address of a git repository"],
    ["{ to: { rsync: a, branch: b } }", "backups.to.branch: belongs to git"],
    ["{ folder: a, to: { folder: a } }", "backups.to.folder: is the folder of the backups itself"],
  ])("%s is told in one sentence", (body, sentence) => {
    const problems = problemsOf(`backups: ${body}`);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(sentence);
  });

  it.each(["0 * * * *", "*/15 6-22 * * 1-5", "0,30 3 1 1,7 0"])("may be due %s", (given) => expect(cronProblem(given)).toBeUndefined());
  it.each(["", "* * * *", "* * * * * *", "* 24 * * *", "*/0 * * * *", "5-1 * * * *", "* * * JAN *"])("are never due %j", (given) =>
    expect(cronProblem(given)).toBeDefined(),
  );
});

describe("the old routes", () => {
  it.each([
    ["{ home: house }", []],
    ["{ home: home.meter }", []],
    ["{ home: hous }", ['compat.tasmota.home: "hous" is not a home; did you mean "house"?']],
    ["{ home: hom.meter }", ['compat.tasmota.home: "hom" is not a site; did you mean "home"?']],
  ])("answer for %s", (given, problems) => {
    expect(problemsOf(`homes: { house: { site: home } }\ncompat: { tasmota: ${given} }`)).toEqual(problems);
  });
});

describe("whatever the new sections hold", () => {
  const word = fc.constantFrom(
    ...[
      "site",
      "grid",
      "solar",
      "prices",
      "from",
      "perKwh",
      "instalments",
      "amount",
      "channels",
      "rules",
      "kind",
      "telegram",
      "mail",
      "smtp",
    ],
    ...[
      "mqtt",
      "topic",
      "broker",
      "id",
      "stale",
      "source",
      "of",
      "series",
      "plant",
      "home",
      "to",
      "git",
      "folder",
      "keep",
      "2026-01-01",
      "a.b",
    ],
  );
  const leaf = fc.oneof(word, fc.integer(), fc.boolean(), fc.constant(null), fc.string({ maxLength: 5 }));
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: "small" },
      leaf,
      fc.array(tie("tree"), { maxLength: 3 }),
      fc.dictionary(word, tie("tree"), { maxKeys: 5, noNullPrototype: true }),
    ),
  }));

  it("the answer is a configuration or problems with places, never an exception", () => {
    const sections = fc.record({ homes: tree, alerts: tree, backups: tree, outlets: tree, compat: tree }, { requiredKeys: [] });
    fc.assert(
      fc.property(sections, (content) => {
        const loaded = load(
          Object.entries(content)
            .map(([key, body]) => `${key}: ${JSON.stringify(body)}\n`)
            .join(""),
        );
        for (const problem of loaded.problems ?? [])
          expect(problem).toMatchObject({ line: expect.any(Number), sentence: expect.any(String) });
        expect(loaded.config === undefined).toBe(loaded.problems !== undefined);
      }),
      { numRuns: 500 },
    );
  });
});
