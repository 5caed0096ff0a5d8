import { DecodeError } from '../stream-end.ts'

/** What every core exports beside its own functions. */
interface CoreExports {
  readonly memory: WebAssembly.Memory
}

/** Workspace of a core: its tables lie below, input and output are placed above them. */
export interface Core<Exports> {
  readonly exports: Exports & CoreExports
  /**
   * The memory up to `end`; grows it when it must. Earlier views become invalid.
   * @throws DecodeError `unsupported` beyond the core's maximum
   */
  readonly memory: (end: number) => Uint8Array
}

/** Cores of one kind, compiled when the first one is used, once for each thread. */
export interface Cores<Exports> {
  /**
   * Lends a core, in whatever state the last user left it. Who lends one within `work`, as a receiver of a stream's
   * content may, gets another one.
   */
  use<Result>(work: (core: Core<Exports>) => Result): Result
}

const PAGE = 65_536
/** A core that grew beyond this many bytes is let go after its use. */
const MOST_KEPT = 48 * 1024 * 1024

/** @param base64 WebAssembly @param setUp what a fresh core needs once */
export function lazyCores<Exports>(base64: string, setUp?: (exports: Exports) => void): Cores<Exports> {
  let module: WebAssembly.Module | undefined
  let idle: Core<Exports> | undefined

  function create(): Core<Exports> {
    module ??= new WebAssembly.Module(Buffer.from(base64, 'base64'))
    const core = instantiate<Exports>(module)
    setUp?.(core.exports)
    return core
  }

  return {
    use(work) {
      const core = idle ?? create()
      idle = undefined
      try {
        return work(core)
      } finally {
        if (core.exports.memory.buffer.byteLength <= MOST_KEPT) idle = core
      }
    },
  }
}

/** One core that is never used within its own use. @param base64 WebAssembly */
export function lazyCore<Exports>(base64: string): () => Core<Exports> {
  let core: Core<Exports> | undefined
  return () => (core ??= instantiate<Exports>(new WebAssembly.Module(Buffer.from(base64, 'base64'))))
}

function instantiate<Exports>(module: WebAssembly.Module): Core<Exports> {
  const abort = () => {
    throw new Error('a decompression core aborted')
  }
  const instance = new WebAssembly.Instance(module, { env: { abort } })
  const exports = instance.exports as unknown as Exports & CoreExports
  let view = new Uint8Array(exports.memory.buffer)
  return {
    exports,
    memory(end) {
      if (end > view.length) view = grown(exports.memory, end)
      return view
    },
  }
}

function grown(memory: WebAssembly.Memory, end: number): Uint8Array<ArrayBuffer> {
  try {
    memory.grow(Math.ceil((end - memory.buffer.byteLength) / PAGE))
  } catch (cause) {
    throw new DecodeError('unsupported', `${end} bytes of working memory are more than a decoder gets`, cause)
  }
  return new Uint8Array(memory.buffer)
}

/** Zero bytes behind an input, so that a core may read ahead of its check. */
export const SLACK = 1024
