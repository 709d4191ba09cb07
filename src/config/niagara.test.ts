import { describe, expect, it } from "vitest";
import { DIALECTS } from "#dialects/catalogue.ts";
import { loadConfig } from "./load.ts";
import { problemText } from "./problem.ts";

function load(body: string) {
  const text = `sites: { tower: { zone: America/Phoenix } }\nsources:\n  it: { ${body} }\n`;
  return loadConfig({ file: "wattkeep.yaml", text, cwd: "/srv", env: { SECRET: "canary" }, dialects: DIALECTS });
}

const LOGIN = "username: me, password: '$" + "{SECRET}'";
const URL = "url: https://10.0.0.20/";

describe("histories of a Niagara station", () => {
  it("are fetched every quarter of an hour, each answer within a minute, unless said", () => {
    const { config } = load(`niagaraExport: { ${URL}, ${LOGIN} }`);
    expect(config?.sources[0]).toMatchObject({
      topics: [],
      dialect: "niagaraExport",
      niagara: {
        ...{ way: "niagaraExport", url: "https://10.0.0.20", username: "me", trust: {}, units: {}, columns: {}, nodes: [] },
        ...{ operation: "auto", limit: 1_000, schedule: "*/15 * * * *", timeoutMs: 60_000, tries: 3 },
      },
    });
    expect(JSON.stringify(config)).not.toContain("canary");
    expect(config?.sources[0]?.niagara?.password?.reveal()).toBe("canary");
  });

  it.each(["file:^historyExports/AmsShop", "file:%5EhistoryExports/AmsShop", "file:%5ehistoryExports/AmsShop/"])(
    "lie where %s means",
    (ord) => {
      const { config } = load(`niagaraExport: { ${URL}, ordPath: "${ord}" }`);
      expect(config?.sources[0]?.niagara?.url).toBe("https://10.0.0.20/file/AmsShop/historyExports/AmsShop");
    },
  );

  it("are warned of where a password goes unencrypted to another computer", () => {
    const told = (url: string, login = LOGIN) => load(`niagaraServlet: { url: "${url}", ${login} }`).warnings.join("\n");
    expect(told("http://10.0.0.20/x")).toMatch(/sources\.it\.niagaraServlet\.url.*anybody on the way can read it/);
    expect(told("http://10.0.0.20/x")).not.toContain("canary");
    for (const url of ["https://10.0.0.20/x", "http://127.0.0.1:8080/x"]) expect(told(url)).toBe("");
    expect(told("http://10.0.0.20/x", "station: A")).toBe("");
  });

  it("may have all that a station needs", () => {
    const { config } = load(
      `obix: { ${URL}, station: AmsShop, operation: dash, histories: [a, b], limit: 500, units: { temperature: °F }, tls: { ca: station.pem }, ${LOGIN} }, schedule: '0 * * * *', timeoutSeconds: 10, tries: 1`,
    );
    expect(config?.sources[0]?.niagara).toMatchObject({
      ...{ way: "obix", station: "AmsShop", operation: "dash", histories: ["a", "b"], limit: 500, units: { temperature: "°F" } },
      ...{ trust: { caFile: "/srv/station.pem" }, schedule: "0 * * * *", timeoutMs: 10_000, tries: 1 },
    });
    const pin = "AB:".repeat(31);
    expect(load(`niagaraServlet: { ${URL}, tls: { pin: "${pin}CD" } }`).config?.sources[0]?.niagara?.trust).toEqual({
      pinSha256: `${"ab".repeat(31)}cd`,
    });
    expect(load(`niagaraAnalytics: { ${URL}, nodes: ["slot:/a"], tls: { pinFirst: true } }`).config?.sources[0]?.niagara).toMatchObject({
      trust: { pinFirst: true },
      nodes: ["slot:/a"],
    });
  });

  it.each([
    ["niagaraExport: { username: me }", "sources.it.niagaraExport.url: is missing"],
    [`niagaraExport: { ${URL}, username: me }`, "the name needs a password"],
    [`niagaraExport: { ${URL}, password: geheim }`, "the password needs a name"],
    [`niagaraExport: { ${URL}, username: "a:b", password: geheim }`, "a name with a colon cannot be told"],
    [`niagaraExport: { ${URL}, ordPath: "file:^other/AmsShop" }`, "expected file:^historyExports/STATION"],
    [`niagaraExport: { ${URL}, tls: { ca: a, pinFirst: true } }`, "three ways to believe a certificate; keep one"],
    [`niagaraExport: { ${URL}, tls: { pin: abc } }`, "expected a SHA-256 fingerprint"],
    [`niagaraExport: { ${URL}, zone: Arizona }`, "is not a time zone"],
    [`niagaraExport: { ${URL}, insecureTls: true }`, "there is no such key"],
    [`niagaraExport: { url: "https://me:geheim@10.0.0.20/" }`, "keep the address free of names, passwords and questions"],
    [`obix: { ${URL} }`, "sources.it.obix.station: is missing"],
    [`obix: { ${URL}, station: A, operation: wave }`, "none of auto, tilde, dash"],
    [`niagaraAnalytics: { ${URL} }`, "sources.it.niagaraAnalytics.nodes: is missing"],
    [`obix: { ${URL}, station: A }, niagaraServlet: { ${URL} }`, "obix is here already; make two sources of them"],
    [`obix: { ${URL}, station: A }, dialect: niagara-history`, "this one is fetched from obix"],
    [`obix: { ${URL}, station: A }, domain: x`, "sources.it.domain: belongs to influx"],
  ])("%s", (body, sentence) => {
    const problems = (load(body).problems ?? []).map(problemText).join("\n");
    expect(problems).toContain(sentence);
    expect(problems).not.toContain("geheim");
  });
});
