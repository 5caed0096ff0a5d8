import { type Core, lazyCore, SLACK } from './cores/core.ts'
import { wasm } from './cores/lz.wasm.ts'
import { DecodeError } from './stream-end.ts'

interface LzExports {
  lz4(input: number, inputEnd: number, output: number, outputEnd: number, history: number): number
  lzo1x(input: number, inputEnd: number, output: number, outputEnd: number, history: number): number
  readonly gOut: WebAssembly.Global<'i32'>
}

const core = lazyCore<LzExports>(wasm)
const BASE = 1024

/** Largest block, in bytes, of input and of output. */
const MOST = 64 * 1024 * 1024

/**
 * One LZ4 block (LZ4 Block Format), without frame. `prefix` bytes before the output are history that matches may reach.
 * @returns bytes written
 * @throws DecodeError
 */
export function lz4Block(
  input: Uint8Array,
  output: Uint8Array,
  prefix: Uint8Array = output.subarray(0, 0),
): number {
  return run('LZ4', (exports) => exports.lz4, input, output, prefix)
}

/** One LZO1X block, up to its end mark. @returns bytes written @throws DecodeError */
export function lzo1x(input: Uint8Array, output: Uint8Array): number {
  return run('LZO', (exports) => exports.lzo1x, input, output, output.subarray(0, 0))
}

type Decode = LzExports['lz4']

function run(
  name: string,
  choose: (exports: Core<LzExports>['exports']) => Decode,
  input: Uint8Array,
  output: Uint8Array,
  prefix: Uint8Array,
): number {
  if (input.length > MOST || output.length > MOST)
    throw new DecodeError('unsupported', `${name}: a block of over ${MOST} bytes`)
  const { exports, memory } = core()
  const history = BASE + input.length + SLACK
  const out = history + prefix.length
  const view = memory(out + output.length + SLACK)
  view.set(input, BASE)
  view.fill(0, BASE + input.length, history)
  view.set(prefix, history)
  const status = choose(exports)(BASE, BASE + input.length, out, out + output.length, history)
  const written = exports.gOut.value - out
  output.set(view.subarray(out, out + written))
  if (status !== 0) throw new PartError(name, status, written)
  return written
}

/** What came before the damage lies in the output. */
export class PartError extends DecodeError {
  /** Bytes. */
  readonly written: number
  constructor(name: string, status: number, written: number) {
    const { code, message } = failure(name, status)
    super(code, message)
    this.written = written
  }
}

/** The cores' common numbers for how a block ended. */
export function failure(name: string, status: number): DecodeError {
  switch (status) {
    case 2:
      return new DecodeError('truncated', `${name}: the data ends early`)
    case 4:
      return new DecodeError('output-full', `${name}: more comes out than there is room for`)
    default:
      return new DecodeError('corrupt', `${name}: the data is damaged`)
  }
}
