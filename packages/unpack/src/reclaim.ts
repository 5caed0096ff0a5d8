import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

let collect: (() => void) | undefined

/**
 * Has V8 give back at once what is held no more. Its function for that is asked for only here: a process that is started
 * with it compiles all of Node's own modules anew, in each of its threads.
 */
export function reclaimMemory(): void {
  if (!collect) {
    setFlagsFromString('--expose-gc')
    collect = runInNewContext('gc') as () => void
  }
  collect()
}
