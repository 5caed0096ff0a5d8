export interface CasyncIndex {
  /** Of a file or device (`.caibx`), or of a tree (`.caidx`). */
  readonly of: 'blob' | 'tree'
  readonly digest: 'sha256' | 'sha512-256'
  /** Ids of chunks, lower-case hex. */
  readonly chunks: readonly string[]
  /** Bytes of what it stands for. */
  readonly size: number
  readonly whole: boolean
}

declare module '../../contract.ts' {
  interface FactMap {
    'update.casync.index': CasyncIndex
    /** A chunk of a store: its name, and its digests unpacked; undefined where it could not be. */
    'update.casync.chunk': {
      readonly id: string
      readonly digests: Readonly<Record<CasyncIndex['digest'], string>> | undefined
    }
  }
}
