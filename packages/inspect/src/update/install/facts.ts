declare module '../../contract.ts' {
  interface FactMap {
    /** A program in which the name of a watchdog's device stands. */
    'update.watchdog.program': { readonly program: string }
    /** A watchdog of a device tree that is switched on; one for each tree. */
    'update.watchdog.node': { readonly node: string }
    /** A device tree that keeps a state of barebox. */
    'update.barebox-state': { readonly node: string }
    /** Names of the partitions of a disk, where they say that something is kept twice, or for recovery. */
    'update.disk': { readonly names: readonly string[] }
  }
}
