import { FormatError } from '../../contract.ts'
import type { HeaderReader } from './numbers.ts'

/** 7-Zip itself takes no more. */
const MOST_CODERS = 32

export interface Coder {
  /** Number of the method, as 7-Zip's Methods.txt has it. */
  readonly method: number
  readonly properties: Uint8Array
}

export interface RawFolder {
  /** In the order in which they are to be undone; undefined where they make no simple chain. */
  readonly chain: readonly (Coder & { readonly output: number })[] | undefined
  /** All of them, as stored. */
  readonly coders: readonly Coder[]
  readonly outputs: number
  readonly packedStreams: number
  /** The output that is the content. */
  readonly last: number
}

/** @throws FormatError | BytesError */
export function parseFolder(reader: HeaderReader): RawFolder {
  const count = reader.count()
  if (count === 0 || count > MOST_CODERS) throw new FormatError('structure', `${count} coders`)
  const parsed = Array.from({ length: count }, () => parseCoder(reader))
  const inputs = parsed.reduce((sum, coder) => sum + coder.inputs, 0)
  const outputs = parsed.reduce((sum, coder) => sum + coder.outputs, 0)
  const bonds = Array.from({ length: outputs - 1 }, () => ({
    input: reader.number(),
    output: reader.number(),
  }))
  const packedStreams = inputs - bonds.length
  if (packedStreams < 1) throw new FormatError('structure', 'coders without input')
  if (packedStreams > 1) for (let index = 0; index < packedStreams; index++) reader.number()
  const free = Array.from({ length: outputs }, (_, index) => index).filter(
    (index) => !bonds.some(({ output }) => output === index),
  )
  const [last] = free
  if (last === undefined || free.length !== 1)
    throw new FormatError('structure', 'the coders have no single end')
  const simple = parsed.every((coder) => coder.inputs === 1 && coder.outputs === 1)
  return {
    chain: simple ? chainOf(parsed, bonds, last) : undefined,
    coders: parsed,
    outputs,
    packedStreams,
    last,
  }
}

function parseCoder(reader: HeaderReader): Coder & { readonly inputs: number; readonly outputs: number } {
  const flags = reader.u8()
  const idSize = flags & 0x0f
  if (flags & 0xc0 || idSize > 8) throw new FormatError('structure', 'a coder of an unknown kind')
  let method = 0
  for (const byte of reader.take(idSize)) method = method * 256 + byte
  const complex = (flags & 0x10) !== 0
  const inputs = complex ? reader.number() : 1
  const outputs = complex ? reader.number() : 1
  if (inputs > MOST_CODERS || outputs > MOST_CODERS || inputs < 1 || outputs < 1)
    throw new FormatError('structure', `a coder with ${inputs} inputs and ${outputs} outputs`)
  // Copied: a folder travels to another thread, the header does not.
  const properties = Uint8Array.from(flags & 0x20 ? reader.take(reader.count()) : [])
  return { method, properties, inputs, outputs }
}

/** From the end back to the coder that has the packed bytes; undefined where that goes round or leaves one out. */
function chainOf(
  coders: readonly Coder[],
  bonds: readonly { readonly input: number; readonly output: number }[],
  last: number,
): RawFolder['chain'] {
  const chain: (Coder & { readonly output: number })[] = []
  for (let at: number | undefined = last; at !== undefined; ) {
    const coder: Coder | undefined = coders[at]
    if (!coder || chain.length === coders.length) return undefined
    chain.unshift({ method: coder.method, properties: coder.properties, output: at })
    const input: number = at
    at = bonds.find((bond) => bond.input === input)?.output
  }
  return chain.length === coders.length ? chain : undefined
}
