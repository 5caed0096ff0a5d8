import type { Port } from './daemons.ts'
import type { Place } from './system.ts'

/** A program that is started when the system starts, as its files tell it. */
export interface BootService {
  readonly name: string
  readonly title: string
  readonly words: readonly string[]
  /** Tests on which its start depends; none where it always starts. */
  readonly conditions: readonly string[]
  /** Paths of the files that lead to it, first to last. */
  readonly chain: readonly string[]
  /** Where the command stands. */
  readonly place: Place | undefined
  readonly text: string
  readonly user: string | undefined
  readonly listens: readonly Port[]
  readonly authenticates: boolean | undefined
  /** Files of the image that the command names: configurations, keys, accounts. */
  readonly reads: readonly string[]
  /** The program is not in the image. */
  readonly missing: boolean
}
