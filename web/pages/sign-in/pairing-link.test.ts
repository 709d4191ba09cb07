import { expect, test } from "vitest";
import { deviceName, pairingCodeOf } from "./pairing-link.ts";

test("only a pairing link's fragment carries a code", () => {
  expect(pairingCodeOf("#pair=K7QF-2MZP-XW4D-H3RN")).toBe("K7QF-2MZP-XW4D-H3RN");
  for (const hash of ["", "#", "#pair=", "#pair=<b>", "#other=K7QF-2MZP-XW4D-H3RN", "#pair=K7QF 2MZP"])
    expect(pairingCodeOf(hash)).toBeUndefined();
});

test("a browser is called after its device, an iPad that says it is a Mac too", () => {
  const mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15";
  expect(deviceName(mac, 5)).toBe("iPad");
  expect(deviceName(mac, 0)).toBe("Mac browser");
  expect(deviceName("Mozilla/5.0 (Linux; Android 16; Pixel 10)", 5)).toBe("Android device");
  expect(deviceName("something else", 0)).toBe("Browser");
});
