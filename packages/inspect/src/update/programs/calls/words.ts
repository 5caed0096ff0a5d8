import type { Elf } from '@messlatte/unpack'
import { SEGMENT } from '@messlatte/unpack'

/** A call of an imported function, as far as the instructions right before it tell what it is given. */
export interface Call {
  readonly name: string
  /** Bytes from the start of the file. */
  readonly offset: number
  /** Constants by the number of the argument, from 0; what is no constant is not there. */
  readonly constants: ReadonlyMap<number, number>
}

/** Code that is loaded from the file. */
export interface Code {
  readonly view: DataView
  /** Of its first byte, in memory. */
  readonly address: number
  /** Bytes from the start of the file. */
  readonly offset: number
}

const EXECUTE = 1
/** Bytes; more code than programs of devices have. */
const MOST_CODE = 8 * 1024 * 1024

export function codeOf({ bytes, at, segments }: Elf): readonly Code[] {
  return segments
    .filter(({ type, flags }) => type === SEGMENT.load && (flags & EXECUTE) !== 0)
    .flatMap(({ offset, address, fileSize }) => {
      const length = Math.min(fileSize, MOST_CODE, bytes.size - at - offset)
      if (!(length > 0)) return []
      const data = bytes.view(at + offset, length)
      return [{ view: new DataView(data.buffer, data.byteOffset, data.byteLength), address, offset }]
    })
}

/** An instruction that calls: where it goes, or the word through which; and what was loaded before it. */
export interface Branch {
  /** In memory. */
  readonly target?: number
  readonly slot?: number
  readonly constants: () => ReadonlyMap<number, number>
}

/** How a processor calls functions of other libraries: through stubs that jump to where a word points. */
export interface Processor {
  /** Bytes from one instruction to the next at the least. */
  readonly step: number
  /** Addresses of stubs, with the addresses of their words. */
  readonly stubs: (code: Code) => readonly (readonly [stub: number, slot: number])[]
  readonly branchAt: (code: Code, at: number) => readonly Branch[]
}

/** Bytes that a branch may take. */
const LONGEST = 6

/** Calls of what lies behind the words, in the order of the code. */
export function callsThrough(
  { step, stubs, branchAt }: Processor,
  codes: readonly Code[],
  slots: ReadonlyMap<number, string>,
  most: number,
): readonly Call[] {
  const names = new Map<number, string>()
  for (const code of codes) {
    for (const [stub, slot] of stubs(code)) {
      const name = slots.get(slot)
      if (name !== undefined) names.set(stub, name)
    }
  }
  const calls: Call[] = []
  for (const code of codes) {
    for (let at = 0; at + LONGEST <= code.view.byteLength && calls.length < most; at += step) {
      for (const { target, slot, constants } of branchAt(code, at)) {
        const name = target === undefined ? slots.get(slot ?? -1) : names.get(target)
        if (name !== undefined) calls.push({ name, offset: code.offset + at, constants: constants() })
      }
    }
  }
  return calls
}
