/** A partition of a flash chip, as a device tree or a command line tells it. */
export interface Partition {
  /** Printable: escaped where it was not. */
  readonly name: string
  /** Bytes from the start of the chip. */
  readonly offset: number
  /** Bytes; undefined for all that is left. */
  readonly size: number | undefined
  readonly readOnly: boolean
}

export interface Layout {
  /** Of the chip or the node that holds it. */
  readonly chip: string
  readonly partitions: readonly Partition[]
}

/** More than any chip has. */
export const MOST_PARTITIONS = 128
