import { fileURLToPath } from 'node:url'

/** The sandbox's bundle lies beside the command line's. */
export const SANDBOX_SCRIPT = fileURLToPath(new URL('./sandbox.mjs', import.meta.url))
