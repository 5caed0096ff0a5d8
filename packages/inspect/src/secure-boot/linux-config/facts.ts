/** What a kernel's configuration says that other checks build on. */
export interface KernelConfigFact {
  readonly version: string
  /** Unsigned modules are refused whatever the command line says. */
  readonly forcesModules: boolean
  /** It can verify modules at all. */
  readonly verifiesModules: boolean
  /** `CONFIG_CMDLINE`; undefined where it is empty or not used. */
  readonly commandLine: string | undefined
  /** What the boot loader hands over is not taken. */
  readonly commandLineForced: boolean
}

declare module '../../contract.ts' {
  interface FactMap {
    'boot.linux.config': KernelConfigFact
  }
}
