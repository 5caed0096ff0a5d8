/** Calls are changed block by block, in bytes. */
const BLOCK = 64 * 1024
const CALL = 0xe8
const JUMP = 0xe9
const INSTRUCTION = 5

/**
 * Undoes what the compiler did to the targets of x86 calls and jumps: absolute ones are made relative again, and the highest byte
 * follows the sign. What comes is taken as it comes; `end` writes what is left.
 */
export function undoCalls(write: (chunk: Uint8Array) => void): {
  readonly take: (chunk: Uint8Array) => void
  readonly end: () => void
} {
  const block = Buffer.alloc(BLOCK)
  let filled = 0
  let at = 0
  function flush(): void {
    const part = block.subarray(0, filled)
    undoBlock(part, at)
    at += filled
    filled = 0
    if (part.length > 0) write(part)
  }
  return {
    take(chunk) {
      for (let done = 0; done < chunk.length; ) {
        const part = chunk.subarray(done, done + BLOCK - filled)
        block.set(part, filled)
        filled += part.length
        done += part.length
        if (filled === BLOCK) flush()
      }
    },
    end: flush,
  }
}

function undoBlock(block: Buffer, start: number): void {
  for (let at = 0; at + INSTRUCTION <= block.length; ) {
    if (block[at] !== CALL && block[at] !== JUMP) {
      at++
      continue
    }
    const high = block[at + 4]
    at += INSTRUCTION
    if (high !== 0 && high !== 0xff) continue
    const relative = (block.readUIntLE(at - 4, 3) - (start + at)) & 0xff_ffff
    block.writeUIntLE(relative, at - 4, 3)
    if ((relative & 0x80_0000) !== 0) block[at - 1] = ~high & 0xff
  }
}
