/** What the sandbox does. It holds all readers and checks, so nothing else of the command line imports them. */
export { CHECKS, runSandboxProgram } from '@messlatte/inspect'
