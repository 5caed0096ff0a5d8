import type { DigestAlgorithm, Facts, ReduceOut } from '../../contract.ts'

export interface Stretch {
  readonly path: string
  readonly offset: number
  readonly length: number
  readonly before?: Uint8Array
  readonly after?: Uint8Array
}

/** Hex; undefined as long as the frame has not answered, and where it cannot. */
export type DigestOf = (algorithm: DigestAlgorithm, stretch: Stretch) => string | undefined

/** Asks for digests of stretches, and gives the answers of earlier rounds. */
export function digestAsks(facts: Facts, out: ReduceOut): DigestOf {
  const answers = new Map(facts.of('answer.digest').map(({ data }) => [data.ask, data.digests]))
  return (algorithm, { path, offset, length, before, after }) => {
    const around = {
      ...(before ? { before: Buffer.from(before).toString('base64') } : {}),
      ...(after ? { after: Buffer.from(after).toString('base64') } : {}),
    }
    const id = `update ${path} ${offset} ${length} ${algorithm} ${JSON.stringify(around)}`
    out.ask({ id, path, offset, length, algorithms: [algorithm], ...around })
    return answers.get(id)?.[algorithm]
  }
}
