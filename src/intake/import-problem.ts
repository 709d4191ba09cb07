/** What keeps a file of readings from being taken over, told to a person. */
export class ImportProblem extends Error {
  readonly code: string;
  constructor(code: string, sentence: string) {
    super(sentence);
    this.name = "ImportProblem";
    this.code = code;
  }
}
