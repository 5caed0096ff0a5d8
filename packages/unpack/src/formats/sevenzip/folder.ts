import { FormatError } from '../../contract.ts'
import type { HeaderReader } from './numbers.ts'

/** 7-Zip itself takes no more. */
const MOST_CODERS = 32

export interface Coder {
  /** Number of the method, as 7-Zip's Methods.txt has it. */
  readonly method: number
  readonly properties: Uint8Array
}

/** A coder with what it reads: other coders, or packed streams by their place in the folder. */
export interface Step extends Coder {
  readonly inputs: readonly (Step | number)[]
  /** Of its output, by which its size is told. */
  readonly output: number
}

export interface RawFolder {
  /** The coder that is to be undone last, whose output is the content; undefined where coders make no tree. */
  readonly tree: Step | undefined
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
  const bonds = Array.from(
    { length: outputs - 1 },
    (): Bond => ({
      input: reader.number(),
      output: reader.number(),
    }),
  )
  const packedStreams = inputs - bonds.length
  if (packedStreams < 1) throw new FormatError('structure', 'coders without input')
  const packed =
    packedStreams > 1
      ? Array.from({ length: packedStreams }, () => reader.number())
      : Array.from({ length: inputs }, (_, index) => index).filter(
          (index) => !bonds.some(({ input }) => input === index),
        )
  const free = Array.from({ length: outputs }, (_, index) => index).filter(
    (index) => !bonds.some(({ output }) => output === index),
  )
  const [last] = free
  if (last === undefined || free.length !== 1)
    throw new FormatError('structure', 'the coders have no single end')
  return { tree: treeOf(parsed, bonds, packed, last), coders: parsed, outputs, packedStreams, last }
}

interface Bond {
  readonly input: number
  readonly output: number
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

/** From the end back to the packed streams; undefined where that goes round, leaves a coder out, or where one has several outputs. */
function treeOf(
  coders: readonly (Coder & { readonly inputs: number; readonly outputs: number })[],
  bonds: readonly Bond[],
  packed: readonly number[],
  last: number,
): Step | undefined {
  if (coders.some(({ outputs }) => outputs !== 1)) return undefined
  const firstInputs = coders.map((_, index) =>
    coders.slice(0, index).reduce((sum, { inputs }) => sum + inputs, 0),
  )
  const seen = new Set<number>()

  function stepAt(output: number): Step | undefined {
    const coder = coders[output]
    if (!coder || seen.has(output)) return undefined
    seen.add(output)
    const inputs: (Step | number)[] = []
    for (let index = 0; index < coder.inputs; index++) {
      const input = (firstInputs[output] as number) + index
      const bond = bonds.find((one) => one.input === input)
      const from = bond ? stepAt(bond.output) : packed.indexOf(input)
      if (from === undefined || from === -1) return undefined
      inputs.push(from)
    }
    return { method: coder.method, properties: coder.properties, inputs, output }
  }

  const tree = stepAt(last)
  return seen.size === coders.length ? tree : undefined
}
