// Loaded into the server's process by NODE_OPTIONS: its clock runs three years ahead of this laptop's.
const ahead = 3 * 365 * 86_400_000;
const RealDate = Date;

globalThis.Date = /** @type {DateConstructor} */ (/** @type {unknown} */ (class extends RealDate {
  constructor(/** @type {any[]} */ ...given) {
    super(...(given.length === 0 ? [RealDate.now() + ahead] : /** @type {[any]} */ (given)));
  }

  static now() {
    return RealDate.now() + ahead;
  }
}));
