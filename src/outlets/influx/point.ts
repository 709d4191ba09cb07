import { Point } from "@influxdata/influxdb-client";

export type FieldValue = number | string;

/** One row of a series of InfluxDB: a measurement, the one tag that names whose it is, an instant and its fields. */
export interface InfluxPoint {
  readonly tMs: number;
  readonly fields: Readonly<Record<string, FieldValue>>;
}

/** Whose points: `meter_consumption` of `meter_id=gas_total`. */
export interface InfluxSeries {
  readonly measurement: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** Line protocol of points of a series, in milliseconds. Source: InfluxDB line protocol; escapes are the client library's. */
export function linesOf({ measurement, tags }: InfluxSeries, points: readonly InfluxPoint[]): string {
  return points
    .map(({ tMs, fields }) => {
      const point = new Point(measurement).timestamp(String(tMs));
      for (const [name, value] of Object.entries(tags)) point.tag(name, value);
      for (const [name, value] of Object.entries(fields)) {
        if (typeof value === "string") point.stringField(name, value);
        else point.floatField(name, value);
      }
      return point.toLineProtocol() ?? "";
    })
    .join("\n");
}
