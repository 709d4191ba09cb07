import { type AddressInfo, createServer, type Server, type Socket } from "node:net";

/** How the server behaves: takes mail, says nothing at all, wants another password, refuses addresses or the first of them, or the mail itself. */
export type SmtpMood = "good" | "silent" | "wrong-password" | "refuses-address" | "refuses-one" | "refuses-mail" | "busy";

export interface TakenMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Headers and text as they came. */
  readonly data: string;
}

/** A mail server of this machine, as small as can be: no TLS, and any password but in a mood. */
export class FakeSmtpServer {
  readonly mails: TakenMail[] = [];
  readonly logins: string[] = [];
  mood: SmtpMood = "good";
  port = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor() {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
      socket.on("error", () => undefined);
      if (this.mood !== "silent") new Session(this, socket).begin();
    });
  }

  static async start(): Promise<FakeSmtpServer> {
    const fake = new FakeSmtpServer();
    await new Promise<void>((resolve) => fake.#server.listen(0, "127.0.0.1", resolve));
    fake.port = (fake.#server.address() as AddressInfo).port;
    return fake;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

class Session {
  readonly #server: FakeSmtpServer;
  readonly #socket: Socket;
  #buffer = "";
  #data: string | undefined;
  #from = "";
  #to: string[] = [];
  #hasRefused = false;

  constructor(server: FakeSmtpServer, socket: Socket) {
    this.#server = server;
    this.#socket = socket;
    socket.setEncoding("utf8");
    socket.on("data", (text: string) => this.#read(text));
  }

  begin(): void {
    this.#say("220 fake ESMTP");
  }

  #say(line: string): void {
    this.#socket.write(`${line}\r\n`);
  }

  #read(text: string): void {
    this.#buffer += text;
    for (;;) {
      const end = this.#buffer.indexOf("\r\n");
      if (end < 0) return;
      const line = this.#buffer.slice(0, end);
      this.#buffer = this.#buffer.slice(end + 2);
      if (this.#data === undefined) this.#command(line);
      else this.#line(line);
    }
  }

  #line(line: string): void {
    if (line !== ".") {
      this.#data += `${line}\r\n`;
      return;
    }
    const data = this.#data ?? "";
    this.#data = undefined;
    const isTaken = this.#server.mood !== "refuses-mail";
    if (isTaken) this.#server.mails.push({ from: this.#from, to: this.#to, data });
    this.#to = [];
    this.#say(isTaken ? "250 taken" : "554 looks like spam");
  }

  #command(line: string): void {
    this.#say(this.#answerTo(line, line.toUpperCase().split(" ")[0] ?? ""));
    if (line.toUpperCase() === "QUIT") this.#socket.end();
  }

  #answerTo(line: string, word: string): string {
    const { mood, logins } = this.#server;
    switch (word) {
      case "EHLO":
        return "250-fake\r\n250-AUTH PLAIN\r\n250 8BITMIME";
      case "STARTTLS":
        return "502 there is no TLS here";
      case "AUTH":
        logins.push(Buffer.from(line.split(" ")[2] ?? "", "base64").toString("utf8"));
        return mood === "wrong-password" ? "535 5.7.8 wrong password" : "235 welcome";
      case "MAIL":
        this.#from = line;
        return mood === "busy" ? "451 try again later" : "250 ok";
      case "RCPT":
        if (mood === "refuses-one" && !this.#hasRefused) {
          this.#hasRefused = true;
          return "550 no such user";
        }
        this.#to.push(line);
        return mood === "refuses-address" ? "550 no such user" : "250 ok";
      case "DATA":
        this.#data = "";
        return "354 go on";
      default:
        return word === "QUIT" ? "221 bye" : "250 ok";
    }
  }
}
