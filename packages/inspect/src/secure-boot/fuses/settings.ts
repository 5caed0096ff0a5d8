import type { FuseReadout } from '@messlatte/model'

declare module '../../contract.ts' {
  interface Settings {
    /** What was read out of single units (`--fuses`). */
    readonly readouts?: readonly FuseReadout[]
  }
}
