/** A data folder or a start that must not go on. The message is for the person who started the server. */
export class UnusableData extends Error {
  override readonly name = 'UnusableData';
}
