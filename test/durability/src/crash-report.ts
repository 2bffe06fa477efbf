export interface CrashReport {
  readonly kills: number;
  /** Transactions that the store said are done. */
  readonly acknowledged: number;
  /** Transactions that were there, whole, though the process ended before anybody was told. */
  readonly unacknowledged: number;
  /** The newest revision at the end. */
  readonly revision: number;
}
