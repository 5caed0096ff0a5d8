import type { ContainerFormat } from '../contract.ts'
import { type Problem, readBatches } from './collect.ts'
import { countingBytes } from './counting.ts'

/** What a container gave to a sink that keeps nothing. */
export interface Given {
  /** Members of all kinds. */
  readonly entries: number
  /** Bytes that reading its contents cost the run besides them. */
  readonly spent: number
  readonly problems: readonly Problem[]
}

/**
 * Reads a small image that was made to grow: more than a few looks at each of its bytes is one too many, and throws.
 * @throws Unbounded
 */
export function collectFrom<Plan>(format: ContainerFormat<Plan>, image: Uint8Array): Given {
  const problems: Problem[] = []
  let [entries, spent] = [0, 0]
  const count = () => {
    entries++
  }
  const bytes = countingBytes(image, 1000 + image.length / 4, 16 * 1024 * 1024 + 40 * image.length)
  const region = format.recognise(bytes, 0)
  if (!region) throw new Error('the image is not recognised')
  readBatches(format, bytes, region, {
    problem(code, message, path) {
      problems.push({ code, message, path })
    },
    spend(told) {
      spent += told
    },
    keys: [],
    entry: count,
    file: count,
    slice: count,
    mapped: count,
    stream: count,
  })
  return { entries, spent, problems }
}
