import { describe, expect, it } from "vitest";
import { DIALECTS } from "./catalogue.ts";

interface Sample {
  readonly dialect: string | undefined;
  readonly topic: string;
  readonly text: string;
  readonly evidence?: string;
  readonly filter?: string;
}

const SAMPLES: readonly Sample[] = [
  {
    dialect: "tasmota-sml",
    topic: "tele/tasmota_A1B2/SENSOR",
    text: '{"Time":"2026-03-01T12:00:00","MT681":{"E_in":1.5,"E_out":0,"Power":412}}',
    evidence: "group MT681 with E_in, E_out and Power",
    filter: "tele/tasmota_A1B2/+",
  },
  {
    dialect: "tasmota-sml",
    topic: "garage/tele/SENSOR",
    text: '{"Time":"2026-03-01T12:00:00","":{"Total_in":1.5,"Power_curr":2}}',
    evidence: "group without a name with Total_in and Power_curr",
    filter: "garage/tele/+",
  },
  {
    dialect: "tasmota-energy",
    topic: "tele/fridge/SENSOR",
    text: '{"ENERGY":{"Total":1,"Today":0.1,"Power":5}}',
    evidence: "ENERGY object with Total, Today, Power",
    filter: "tele/fridge/+",
  },
  {
    dialect: "kyz-pulse",
    topic: "pri/energy/kyz/interval",
    text: '{"intervalEnd":"2026-01-31 14:30:00","pulseCount":42,"kWh":71.4,"kW":285.6}',
    evidence: "an interval with intervalEnd, pulseCount, kWh and kW",
  },
  { dialect: "kyz-pulse", topic: "plant/kyz/pulses", text: "d=42,t=1234567", evidence: "pulse message with d, t" },
  { dialect: "kyz-pulse", topic: "anything", text: '{"pulseDelta":42,"pulseTotal":1234567}' },
  {
    dialect: "niagara-history",
    topic: "niagara/histories",
    text: '{"messageType":"history","stationName":"AmsShop","historyId":"/AmsShop/MaxSpaceTemp","historyData":[{"timestamp":"2026-02-24 00:00:00-0700","value":72}]}',
    evidence: 'history frame of station "AmsShop" with one row of "Max Space Temp"',
  },
  {
    dialect: "market-stream",
    topic: "x/y",
    text: '{"event_time":"2026-02-28T14:00:00Z","facility_id":"BOXRIDGE","power":1,"emissions":0}',
  },
  { dialect: "market-stream", topic: "x/y", text: '{"network_code":"NEM","metric":"price","event_time":"2026-02-28T14:05:00Z","value":7}' },
  { dialect: undefined, topic: "tele/tasmota/STATE", text: '{"Time":"2026-06-01T12:30:00","Uptime":"0T01:00:12","Wifi":{"RSSI":62}}' },
  { dialect: undefined, topic: "tele/shed/SENSOR", text: '{"Time":"2026-06-01T12:30:00","DS18B20":{"Id":"0316A4","Temperature":21.5}}' },
  { dialect: undefined, topic: "zigbee2mqtt/lamp", text: '{"t":12,"state":"ON","linkquality":110}' },
  { dialect: undefined, topic: "a/b", text: "21.5" },
  { dialect: undefined, topic: "a/b", text: "d=1" },
  { dialect: undefined, topic: "a/b", text: "" },
];

function best(sample: Sample): { name: string; confidence: number; evidence: string; filter: string } | undefined {
  const body = new TextEncoder().encode(sample.text);
  return DIALECTS.flatMap((dialect) => {
    const found = dialect.recognise(sample.topic, body);
    return found ? [{ name: dialect.name, ...found }] : [];
  }).sort((a, b) => b.confidence - a.confidence)[0];
}

describe("an unclaimed topic", () => {
  it.each(SAMPLES.map((sample) => [sample.topic, sample.text.slice(0, 60), sample] as const))("%s with %s", (_topic, _text, sample) => {
    const found = best(sample);
    expect(found?.name).toBe(sample.dialect);
    if (sample.evidence) expect(found?.evidence).toBe(sample.evidence);
    if (sample.filter) expect(found?.filter).toBe(sample.filter);
  });

  it("is claimed by one dialect at most with confidence", () => {
    expect(SAMPLES.length).toBeGreaterThan(12);
    for (const sample of SAMPLES) {
      const body = new TextEncoder().encode(sample.text);
      expect(DIALECTS.filter((dialect) => (dialect.recognise(sample.topic, body)?.confidence ?? 0) > 0.5).length).toBeLessThanOrEqual(1);
    }
  });
});
