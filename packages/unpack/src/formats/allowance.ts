import { FormatError, type Region, type Sink } from '../contract.ts'

/** A directory may be read a few times, when it is looked for without its name. */
const TIMES = 4
/** Bytes that the smallest file system may have read. */
const LEAST = 256 * 1024

/**
 * What of its own structures a file system may have read: names, maps and attributes belong to one inode each, so that together
 * they are no longer than it is. Where many share them, that would grow with the product of both.
 */
export class Allowance {
  #left: number
  readonly #spend: Sink['spend']

  /** @param spend where contents are read: the run pays for it, however many times a file system is opened for a part of them */
  constructor({ start, end }: Region, spend: Sink['spend'] = () => {}) {
    this.#left = TIMES * (end - start) + LEAST
    this.#spend = spend
  }

  /** Before so many bytes are read. @throws FormatError where there were too many */
  take(bytes: number): void {
    this.#left -= bytes
    if (this.#left < 0) throw new FormatError('loop', 'blocks of metadata belong to more than one inode')
    this.#spend(bytes)
  }
}
