/** A U-Boot program, as the sentences in it tell how it was built. */
export interface UBootFact {
  /** `2023.01`, of each program in these bytes; printable. */
  readonly versions: readonly string[]
  /** The sentence that only a build with CONFIG_FIT_SIGNATURE has. */
  readonly verifiesFits: boolean
  /** The sentence that only a build has which starts kernels in the legacy format. */
  readonly startsLegacy: boolean
  /** How a start is interrupted at the console; undefined where no sentence says so. */
  readonly interrupted: 'any-key' | 'keyed' | undefined
  readonly environment: EnvironmentFact | undefined
}

/** A variable as it is stored: `name=value`. */
export interface Variable {
  readonly name: string
  readonly value: string
  /** Bytes from the start of the artefact. */
  readonly offset: number
  readonly length: number
}

/** Variables that decide what is started, and how. */
export interface EnvironmentFact {
  /** Bytes from the start of the artefact. */
  readonly offset: number
  readonly length: number
  /** Seconds; -1 stops at the prompt, -2 cannot be interrupted. */
  readonly bootdelay: number | undefined
  /** `verify` is set to something that is not yes. */
  readonly verifyOff: boolean
  readonly hasBootcmd: boolean
  /** It looks for a script and runs it. */
  readonly runsScripts: boolean
  /** Those that tell what happens after an update. */
  readonly ofUpdates: readonly Variable[]
}

declare module '../../contract.ts' {
  interface FactMap {
    'boot.u-boot': UBootFact
    /** An environment as it is stored: with a CRC, and without a signature. */
    'boot.u-boot.environment': EnvironmentFact
    /** A script in the legacy format, which cannot be signed. */
    'boot.u-boot.script': { readonly intact: boolean }
  }
}
