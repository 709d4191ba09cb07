/** Ends the command with a sentence: 1 when the work failed, 2 for wrong use or a wrong configuration. */
export class Exit extends Error {
  readonly status: 1 | 2;
  constructor(status: 1 | 2, sentence: string) {
    super(sentence);
    this.name = "Exit";
    this.status = status;
  }
}
