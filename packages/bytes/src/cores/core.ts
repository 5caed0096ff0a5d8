/** What every core exports beside its own functions. */
interface CoreExports {
  readonly memory: WebAssembly.Memory
}

/** Workspace of a core: its tables lie below, input and output are placed above them. */
export interface Core<Exports> {
  readonly exports: Exports & CoreExports
  /** The memory up to `end`; grows it when it must. Earlier views become invalid. @throws RangeError beyond the core's maximum */
  readonly memory: (end: number) => Uint8Array
}

const PAGE = 65_536

/** A core that is compiled when it is first used, once for each thread. @param module WebAssembly, base64 */
export function lazyCore<Exports>(module: string): () => Core<Exports> {
  let core: Core<Exports> | undefined
  return () => (core ??= instantiate<Exports>(module))
}

function instantiate<Exports>(module: string): Core<Exports> {
  const abort = () => {
    throw new Error('a decompression core aborted')
  }
  const instance = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(module, 'base64')), { env: { abort } })
  const exports = instance.exports as unknown as Exports & CoreExports
  let view = new Uint8Array(exports.memory.buffer)
  return {
    exports,
    memory(end) {
      if (end > view.length) {
        exports.memory.grow(Math.ceil((end - view.length) / PAGE))
        view = new Uint8Array(exports.memory.buffer)
      }
      return view
    },
  }
}

/** Zero bytes behind an input, so that a core may read ahead of its check. */
export const SLACK = 1024
