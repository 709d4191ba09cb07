/** A login of a device at our own broker, as a reader head is told it. */
export interface ReaderLogin {
  readonly name: string;
  readonly password: string;
  readonly host: string;
  readonly port: number;
}

/** Seconds between two messages; Tasmota's shortest. */
const PERIOD_S = 10;

/**
 * What to type into the console of a Tasmota reader head. The topic puts the name first, so that everything it says lies below the one
 * prefix its login may publish under; its own discovery, which does not, is off.
 * Source: Tasmota's list of commands (Backlog, FullTopic, SetOption19, TelePeriod).
 */
export function readerLines({ name, password, host, port }: ReaderLogin): string[] {
  return [
    "",
    `For the reader head: open its page, then Consoles > Console, and paste these lines one after another:`,
    "",
    `  Backlog Topic ${name}; FullTopic %topic%/%prefix%/; SetOption19 1; TelePeriod ${PERIOD_S}`,
    `  Backlog MqttHost ${host}; MqttPort ${port}; MqttUser ${name}; MqttPassword ${password}`,
    "",
    "The password is not shown again. The first reading appears within a minute.",
  ];
}
