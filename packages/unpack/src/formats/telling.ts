import { BytesError } from '@messlatte/bytes'
import { FormatError, type Sink } from '../contract.ts'
import type { Trouble } from './pieces.ts'

/** What a listing tells of, part by part: what one part throws costs itself. */
export interface Telling {
  readonly tell: Sink['problem']
  /** Undefined where it threw, which is told. */
  attempt<T>(path: string, action: (trouble: Trouble) => T): T | undefined
  /** Whether anything was told that is more than what a reader does not do. */
  isDamaged(): boolean
}

/** @param damaged whether it is known beforehand that something is missing */
export function telling(problem: Sink['problem'], damaged: boolean): Telling {
  let isDamaged = damaged
  const tell: Sink['problem'] = (code, message, path) => {
    if (code !== 'unsupported') isDamaged = true
    problem(code, message, path)
  }
  return {
    tell,
    attempt(path, action) {
      try {
        return action((code, message) => tell(code, message, path))
      } catch (error) {
        if (error instanceof FormatError) tell(error.code, error.message, path)
        else if (error instanceof BytesError) tell('truncated', error.message, path)
        else throw error
        return undefined
      }
    },
    isDamaged: () => isDamaged,
  }
}

/** Undefined where it threw what readers throw, and nobody is told. */
export function quietly<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch (error) {
    if (error instanceof FormatError || error instanceof BytesError) return undefined
    throw error
  }
}
