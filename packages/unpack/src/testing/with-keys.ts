import type { ContainerFormat, KeyMaterial } from '../contract.ts'

/** A format as somebody meets it who hands in keys: for suites that know of none. */
export function withKeys<Plan>(
  format: ContainerFormat<Plan>,
  keys: readonly KeyMaterial[],
): ContainerFormat<Plan> {
  return {
    ...format,
    recognise: (bytes, at) => format.recognise(bytes, at, keys),
    open: (bytes, region, problem) => format.open(bytes, region, problem, keys),
    read: (bytes, region, plan, sink) => format.read(bytes, region, plan, { ...sink, keys }),
  }
}
